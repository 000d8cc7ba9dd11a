import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'

/** A full file of a large municipality is some 300 MB. */
const FILE_BYTES = 2 * 1024 ** 3

// https://github.com/fastify/fastify-multipart
export const registerMultipart = (app: FastifyInstance): void =>
  void app.register(multipart, {
    throwFileSizeLimit: true,
    limits: { fileSize: FILE_BYTES, files: 1, fields: 4, fieldSize: 200, parts: 5 },
  })
