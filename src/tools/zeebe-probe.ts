import { credentials, makeGenericClientConstructor, status, type ServiceError } from '@grpc/grpc-js'

/** CancelProcessInstanceRequest { processInstanceKey: 2^51 + 1 }, a key of partition 1 that no instance ever gets; field 1 as a varint. */
const CANCEL_UNKNOWN = Buffer.from([0x08, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x04])
const PATH = '/gateway_protocol.Gateway/CancelProcessInstance'

/**
 * True when the engine answers a real command: cancelling an unknown instance gives NOT_FOUND. The ready page and the
 * topology say yes long before that. A new channel each time: an old one backs off for many seconds.
 */
export async function answersCommands(gatewayAddress: string, deadlineMs = 2000): Promise<boolean> {
  const client = new (makeGenericClientConstructor({}, 'Gateway'))(gatewayAddress, credentials.createInsecure())
  const bytes = (value: Buffer): Buffer => value
  try {
    return await new Promise<boolean>((ok) => {
      client.makeUnaryRequest(
        PATH,
        bytes,
        bytes,
        CANCEL_UNKNOWN,
        { deadline: Date.now() + deadlineMs },
        (error: ServiceError | null) => ok(error?.code === status.NOT_FOUND),
      )
    })
  } finally {
    client.close()
  }
}
