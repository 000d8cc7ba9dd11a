import { INGEST_USER } from '#engine/ingest/listener.ts'

/** Ports of one broker, all on 127.0.0.1. */
export interface ZeebePorts {
  readonly gateway: number
  readonly command: number
  readonly internal: number
  readonly rest: number
  readonly management: number
}

/** Where the broker sends its records: our own endpoint, which speaks the part of the bulk dialect that the exporter uses. */
export interface IngestTarget {
  readonly url: string
  /** Password of basic authentication. */
  readonly token: string
  /** Records per request. 1: least latency, for one office; 10 and more for a big cluster. */
  readonly bulkSize?: number
}

/** Record kinds we read (engine manual, Elasticsearch exporter: index.<kind>). */
const RECORDED = [
  'DEPLOYMENT',
  'PROCESS',
  'PROCESSINSTANCE',
  'JOB',
  'INCIDENT',
  'TIMER',
  'MESSAGE',
  'MESSAGESTARTEVENTSUBSCRIPTION',
  'MESSAGESUBSCRIPTION',
  'PROCESSMESSAGESUBSCRIPTION',
  'SIGNAL',
  'ERROR',
  'ESCALATION',
  'PROCESSINSTANCECREATION',
  'PROCESSINSTANCEMODIFICATION',
  'PROCESSINSTANCEMIGRATION',
  'DECISIONEVALUATION',
] as const
/** On by default in the exporter, and of no use to us. VARIABLE: an instance tells its run as it begins (ADR 0088). */
const IGNORED = [
  'VARIABLE',
  'DECISION',
  'DECISIONREQUIREMENTS',
  'JOBBATCH',
  'VARIABLEDOCUMENT',
  'USERTASK',
  'FORM',
  'RESOURCEDELETION',
]

function exporter({ url, token, bulkSize = 1 }: IngestTarget): Record<string, string> {
  const prefix = 'ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH'
  const args = `${prefix}_ARGS`
  return {
    [`${prefix}_CLASSNAME`]: 'io.camunda.zeebe.exporter.ElasticsearchExporter',
    [`${args}_URL`]: url,
    [`${args}_AUTHENTICATION_USERNAME`]: INGEST_USER,
    [`${args}_AUTHENTICATION_PASSWORD`]: token,
    [`${args}_BULK_DELAY`]: '1',
    [`${args}_BULK_SIZE`]: String(bulkSize),
    [`${args}_INDEX_CREATETEMPLATE`]: 'false',
    ...Object.fromEntries(RECORDED.map((kind) => [`${args}_INDEX_${kind}`, 'true'])),
    ...Object.fromEntries(IGNORED.map((kind) => [`${args}_INDEX_${kind}`, 'false'])),
  }
}

/** The environment of a single private broker. `dataDir` must be absolute. */
export function brokerEnvironment(dataDir: string, ports: ZeebePorts, ingest: IngestTarget): Record<string, string> {
  return {
    ZEEBE_BROKER_NETWORK_HOST: '127.0.0.1',
    ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT: String(ports.command),
    ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT: String(ports.internal),
    ZEEBE_BROKER_GATEWAY_NETWORK_HOST: '127.0.0.1',
    ZEEBE_BROKER_GATEWAY_NETWORK_PORT: String(ports.gateway),
    ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS: `127.0.0.1:${ports.internal}`,
    ZEEBE_BROKER_DATA_DIRECTORY: dataDir,
    ZEEBE_BROKER_DATA_LOGSEGMENTSIZE: '32MB',
    ZEEBE_BROKER_DATA_SNAPSHOTPERIOD: '5m',
    ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING: '500MB',
    ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION: '250MB',
    ZEEBE_BROKER_EXPERIMENTAL_ROCKSDB_MEMORYLIMIT: '128MB',
    ZEEBE_BROKER_THREADS_CPUTHREADCOUNT: '2',
    ZEEBE_BROKER_THREADS_IOTHREADCOUNT: '2',
    SERVER_ADDRESS: '127.0.0.1',
    SERVER_PORT: String(ports.rest),
    MANAGEMENT_SERVER_ADDRESS: '127.0.0.1',
    MANAGEMENT_SERVER_PORT: String(ports.management),
    ZEEBE_LOG_APPENDER: 'Console',
    ...exporter(ingest),
  }
}

/** JVM options. The clock is controlled by us; native libraries unpack inside our folder; the zone is Japan's. */
export const jvmOptions = (javaMajor: number, temporaryDir: string): string[] => [
  '-Xms256m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1', // a few jobs a second: being back soon counts for more than the last half of speed
  '-XX:-UsePerfData', // would leave a file in the system's temporary folder
  '-XX:+ExitOnOutOfMemoryError',
  '--enable-native-access=ALL-UNNAMED',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  ...(javaMajor >= 23 ? ['--sun-misc-unsafe-memory-access=allow'] : []),
  '-Dfile.encoding=UTF-8',
  '-Duser.timezone=Asia/Tokyo',
  '-Dzeebe.clock.controlled=true',
  '-Dmanagement.endpoint.clock.enabled=true',
  `-Djava.io.tmpdir=${temporaryDir}`,
]
