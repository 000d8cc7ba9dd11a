/**
 * Settings of the embedded server. Loopback only; UTC, whatever the machine's zone; and a log without row contents:
 * statements, parameters, details ("Key (…)=(…) exists") and the texts of errors, which quote values, are left out.
 * The program that sent the statement gets all of them and reports by its own rules.
 */
export const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  password_encryption: 'scram-sha-256',
  max_connections: '100',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  log_min_messages: 'log', // LOG, FATAL, PANIC; not ERROR and WARNING
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_connections: '',
  log_disconnections: 'off',
  log_checkpoints: 'off',
}

/** The text of a configuration file. */
export const settingsFile = (settings: Readonly<Record<string, string>>): string =>
  `# Written at every start; do not edit.\n${Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
    .join('\n')}\n`
