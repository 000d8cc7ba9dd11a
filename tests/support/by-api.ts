import { expect } from 'vitest'
import type { Login, TestApi } from './api.ts'

/** An act through the API that must be taken. */
export async function act(api: TestApi, login: Login, path: string, body?: object): Promise<void> {
  const { statusCode, body: answer } = await api.call(login, 'POST', path, body)
  expect([path, statusCode], answer).toEqual([path, 200])
}

/** The decision `ok` on a list as it stands. */
export async function okOn(api: TestApi, taskId: string) {
  const reply = await api.call('tantou', 'GET', `/api/tasks/${taskId}/worksheet`)
  const { hash, count } = reply.json<{ hash: string; count: number }>()
  return { decision: 'ok', hash, count }
}

/** 担当 claims the task and completes its list as it stands. */
export async function completeList(api: TestApi, taskId: string): Promise<void> {
  await act(api, 'tantou', `/api/tasks/${taskId}/claim`)
  await act(api, 'tantou', `/api/tasks/${taskId}/complete`, await okOn(api, taskId))
}
