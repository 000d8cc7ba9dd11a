/** A record as the exporter writes it, with what a test wants to say about it. */
export interface MadeRecord {
  readonly position: number
  readonly valueType: string
  readonly intent: string
  /** Text, so that keys beyond 2^53 stay exact. */
  readonly key?: string
  readonly partition?: number
  readonly at?: number
  /** JSON text of the value. */
  readonly value: string
}

const AT = Date.parse('2026-11-13T00:00:00Z')

export const recordText = ({ position, valueType, intent, key, partition, at, value }: MadeRecord): string =>
  `{"partitionId":${partition ?? 1},"value":${value},"key":${key ?? position},"position":${position},` +
  `"timestamp":${at ?? AT + position},"valueType":"${valueType}","intent":"${intent}","recordType":"EVENT",` +
  `"brokerVersion":"8.5.8","sourceRecordPosition":1,"rejectionType":"NULL_VAL","rejectionReason":"","authorizations":{}}`

/** A bulk body: pairs of action line and record line. */
export const bulkOf = (records: readonly MadeRecord[]): string =>
  records
    .map(
      (record) =>
        `{"index":{"_index":"zeebe-record_x","_id":"${record.partition ?? 1}-${record.position}"}}\n${recordText(record)}\n`,
    )
    .join('')

/** The record by which an instance that a message has started tells its run. */
export const runBegins = (position: number, runId: string, instanceKey = '2251799813685300'): MadeRecord => ({
  position,
  valueType: 'MESSAGE_START_EVENT_SUBSCRIPTION',
  intent: 'CORRELATED',
  value: `{"bpmnProcessId":"p-5-2-tokusoku","messageName":"5-2-tokusoku/start","processInstanceKey":${instanceKey},"correlationKey":${JSON.stringify(runId)},"variables":{"runId":${JSON.stringify(runId)}}}`,
})

/** The record of a user task's job. */
export const userTask = (
  position: number,
  intent: string,
  instanceKey = '2251799813685300',
  variables = '{}',
): MadeRecord => ({
  position,
  valueType: 'JOB',
  intent,
  key: '2251799813685400',
  value: `{"type":"io.camunda.zeebe:userTask","processInstanceKey":${instanceKey},"elementInstanceKey":2251799813685401,"elementId":"Step_002","customHeaders":{"koki:step":"5-2-tokusoku/002-confirm-delinquents","io.camunda.zeebe:candidateGroups":"[\\"koki\\"]"},"variables":${variables}}`,
})

export const heartbeat = (position: number, number: number, sentAt: string): MadeRecord => ({
  position,
  valueType: 'MESSAGE',
  intent: 'PUBLISHED',
  value: `{"name":"koki/heartbeat","correlationKey":"koki","messageId":"","timeToLive":0,"variables":{"number":"${number}","sentAt":"${sentAt}"}}`,
})
