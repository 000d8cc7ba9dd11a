import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { INGEST_USER } from '#engine/ingest/listener.ts'
import { readProcessSettings } from '#runtime/process-settings.ts'
import { allVerbs } from '#tools/verbs/index.ts'
import { API_MEMORY } from '#tools/launch/api-memory.ts'
import { brokerEnvironment } from '#tools/zeebe-settings.ts'

// docker-compose.yml cannot run here: what it says is held to what the programs read. ADR 0016
const ROOT = join(import.meta.dirname, '../..')
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')

interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly profiles?: readonly string[]
  readonly networks?: readonly string[]
  readonly network_mode?: string
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly restart?: string
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly user?: string
  readonly privileged?: boolean
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
  readonly volumes: Readonly<Record<string, object>>
}
const compose = parse(text, { merge: true }) as Compose
const { services } = compose
const environmentOf = (name: string): Readonly<Record<string, string>> => services[name]?.environment ?? {}

/** `${NAME:?…}`, `${NAME:-…}` as compose would fill them in. */
const filled = (value: string, values: Readonly<Record<string, string>> = {}): string =>
  String(value).replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, kind: string | undefined, rest: string) =>
      values[name] ?? (kind === '-' ? rest : `${name.toLowerCase()}-value`),
  )
const filledEnvironment = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(environmentOf(name)).map(([key, value]) => [key, filled(value)]))

/** Variables that our programs read, from their own text. */
const READ = new Set(
  globSync(['src/**/*.ts', 'workers/**/*.ts'], { cwd: ROOT }).flatMap((file) =>
    Array.from(
      readFileSync(join(ROOT, file), 'utf8').matchAll(
        /(?:process\.env|environment)\['([A-Z_]+)'\]|(?:need|positive|portOf)\((?:environment, )?'([A-Z_]+)'/g,
      ),
      (match) => match[1] ?? match[2] ?? '',
    ),
  ),
)
const OURS = ['migrate', 'deploy', 'api', 'workers']

describe('docker-compose.yml', () => {
  it('has the services of an office, one-shot ones first', () => {
    expect(Object.keys(services).toSorted()).toEqual(
      ['api', 'deploy', 'keycloak', 'migrate', 'postgres', 'workers', 'zeebe', 'zeebe-1', 'zeebe-2'].toSorted(),
    )
    expect(services['migrate']?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    expect(services['deploy']?.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } })
    expect(services['workers']?.depends_on).toMatchObject({ deploy: { condition: 'service_completed_successfully' } })
    expect(services['migrate']?.restart).toBe('no')
    for (const [name, { depends_on: waits = {} }] of Object.entries(services))
      for (const [other, { condition }] of Object.entries(waits)) {
        expect(Object.keys(services), name).toContain(other)
        if (condition === 'service_healthy') expect(services[other]?.healthcheck, `${name} → ${other}`).toBeDefined()
      }
  })

  it('names networks, volumes and files that exist', () => {
    for (const [name, service] of Object.entries(services)) {
      for (const network of service.networks ?? []) expect(Object.keys(compose.networks), name).toContain(network)
      for (const mount of service.volumes ?? []) {
        const [from = ''] = mount.split(':')
        if (from.startsWith('./')) expect(existsSync(join(ROOT, from)), mount).toBe(true)
        else expect(Object.keys(compose.volumes), name).toContain(from)
      }
    }
  })

  it('sets only variables that the programs read, and every one that they cannot do without', () => {
    expect(READ.size).toBeGreaterThan(15)
    for (const name of OURS)
      for (const variable of Object.keys(environmentOf(name)))
        expect([...READ, ...Object.keys(API_MEMORY.environment)], name).toContain(variable)
    expect(environmentOf('api')).toMatchObject(API_MEMORY.environment)
    for (const name of ['api', 'workers']) expect(() => readProcessSettings(filledEnvironment(name))).not.toThrow()
    const { DATABASE_URL: _, ...lacking } = filledEnvironment('workers')
    expect(() => readProcessSettings(lacking)).toThrow(/DATABASE_URL/)
    expect(Object.keys(environmentOf('api'))).toEqual(
      expect.arrayContaining(['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'KOKI_PUBLIC_URL']),
    )
    expect(Object.keys(environmentOf('migrate'))).toEqual(
      expect.arrayContaining(['DATABASE_ADMIN_URL', 'DATABASE_OWNER_URL', 'KOKI_READ_PASSWORD']),
    )
    // children and workers never get the owner's address
    for (const name of ['deploy', 'api', 'workers'])
      expect(environmentOf(name)).not.toHaveProperty('DATABASE_OWNER_URL')
  })

  it('starts files and commands that exist', async () => {
    const verbs = (await allVerbs()).map(({ name }) => name)
    for (const name of OURS) {
      const [program, ...rest] = services[name]?.command ?? []
      const flags = rest.filter((word) => word.startsWith('-'))
      const [file = '', ...words] = rest.slice(flags.length)
      expect([program, existsSync(join(ROOT, file))]).toEqual(['node', true])
      expect(flags, name).toEqual(name === 'api' ? API_MEMORY.flags : [])
      if (file.endsWith('koki.ts')) expect(verbs).toContain(words.join(' '))
    }
    expect(verbs).toContain(/koki\.ts (web build)/.exec(text)?.[1])
  })

  it('gives the engine the exporter settings of our own launcher, to the port and with the token of the API', () => {
    const target = { url: 'http://api:9200', token: filled('${KOKI_INGEST_TOKEN:?}') }
    const ports = { gateway: 26_500, command: 1, internal: 26_502, rest: 2, management: 3 }
    const exporter = Object.entries(brokerEnvironment('/data', ports, target)).filter(([name]) =>
      name.startsWith('ZEEBE_BROKER_EXPORTERS_'),
    )
    expect(exporter.length).toBeGreaterThan(20)
    for (const name of ['zeebe', 'zeebe-1', 'zeebe-2'])
      expect(filledEnvironment(name)).toMatchObject(Object.fromEntries(exporter))
    const api = filledEnvironment('api')
    expect(new URL(target.url).port).toBe(api['KOKI_INGEST_PORT'])
    expect(api['KOKI_INGEST_TOKEN']).toBe(target.token)
    expect(environmentOf('zeebe')['ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_AUTHENTICATION_USERNAME']).toBe(
      INGEST_USER,
    )
    expect(api['ZEEBE_ADDRESS']).toBe(`zeebe:${ports.gateway}`)
  })

  it('is one broker, or three by the profile cluster, each with a number and a folder of its own', () => {
    const brokers = ['zeebe', 'zeebe-1', 'zeebe-2']
    expect(brokers.map((name) => environmentOf(name)['ZEEBE_BROKER_CLUSTER_NODEID'])).toEqual(['0', '1', '2'])
    expect(brokers.map((name) => services[name]?.profiles ?? null)).toEqual([null, ['cluster'], ['cluster']])
    expect(new Set(brokers.map((name) => services[name]?.volumes?.[0])).size).toBe(3)
    expect(filledEnvironment('zeebe')).toMatchObject({
      ZEEBE_BROKER_CLUSTER_CLUSTERSIZE: '1',
      ZEEBE_BROKER_CLUSTER_REPLICATIONFACTOR: '1',
      ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT: '1',
    })
    expect(new Set(brokers.map((name) => services[name]?.image))).toEqual(new Set(['camunda/zeebe:8.5.8']))
  })

  it('opens nothing but pages and login, on this machine only; books and engine have no way out', () => {
    const opened = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`))
    expect(opened).toEqual(['api 127.0.0.1:8080:8080', 'api 127.0.0.1:8081:8081'])
    expect(compose.networks).toEqual({ books: { internal: true }, engine: { internal: true }, front: {} })
    const onFront = Object.entries(services).filter(([, { networks = [] }]) => networks.includes('front'))
    expect(onFront.map(([name]) => name)).toEqual(['api'])
    for (const { privileged, user } of Object.values(services))
      expect([privileged, user]).toEqual([undefined, undefined])
  })

  it('holds no secret: each comes from the environment, and the ones that must be there stop the start', () => {
    for (const [name, { environment = {} }] of Object.entries(services))
      for (const [variable, value] of Object.entries(environment)) {
        if (/(?:PASSWORD|TOKEN|SECRET)$/.test(variable)) expect(value, `${name} ${variable}`).toMatch(/^\$\{\w+:[?-]/)
        if (/:\/\/\w+:[^@]*@/.test(value)) expect(value, `${name} ${variable}`).toMatch(/:\/\/\w+:\$\{\w+:\?/)
      }
    for (const secret of [
      'POSTGRES_PASSWORD',
      'KOKI_OWNER_PASSWORD',
      'KOKI_APP_PASSWORD',
      'KOKI_READ_PASSWORD',
      'KOKI_INGEST_TOKEN',
      'OIDC_CLIENT_SECRET',
    ])
      expect(text).toContain(`\${${secret}:?`)
  })

  it('README names every value that .env must hold or may hold', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
    const asked = new Set([...text.matchAll(/\$\{(\w+)/g)].map((match) => match[1] ?? ''))
    expect(asked.size).toBeGreaterThan(10)
    for (const name of asked) expect(readme).toContain(`\`${name}\``)
  })
})

describe('the realm of the trial Keycloak', () => {
  const realm = JSON.parse(readFileSync(join(ROOT, 'src/tools/compose/koki-realm.json'), 'utf8')) as {
    realm: string
    users?: unknown
    clients: readonly { clientId: string; secret: string; redirectUris: string[]; directAccessGrantsEnabled: boolean }[]
  }
  it('has our client with PKCE and a secret from the environment, and nobody in it', () => {
    const api = filledEnvironment('api')
    expect(api['OIDC_ISSUER']).toBe(`http://localhost:8081/realms/${realm.realm}`)
    expect(realm.users).toBeUndefined()
    expect(realm.clients).toMatchObject([
      {
        clientId: api['OIDC_CLIENT_ID'],
        secret: '${OIDC_CLIENT_SECRET}',
        redirectUris: ['${KOKI_PUBLIC_URL}/api/login/callback'],
        directAccessGrantsEnabled: false,
        attributes: { 'pkce.code.challenge.method': 'S256' },
      },
    ])
    expect(services['keycloak']?.network_mode).toBe('service:api')
    expect(Object.keys(environmentOf('keycloak'))).toEqual(
      expect.arrayContaining(['OIDC_CLIENT_SECRET', 'KOKI_PUBLIC_URL']),
    )
  })
})
