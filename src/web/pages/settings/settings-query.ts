import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '../../lib/api.ts'

export type OptionInfo = Reply<'GET /api/settings/options'>['items'][number]
export type OptionDetail = Reply<'GET /api/settings/options/:flow/:name'>
export type Staff = Reply<'GET /api/settings/staff'>
export type StaffMember = Staff['staff'][number]
export type Version = Reply<'GET /api/settings/municipality/:name'>['history'][number]

/** 条件 of the list of 条例等 in the address: basis day, what is shown, what is chosen. */
export interface OptionSearch {
  readonly on?: string
  /** waiting, planned, or a flow. */
  readonly show?: string
  /** flow/name */
  readonly option?: string
}

export function readOptionSearch({ on, show, option }: Record<string, unknown>): OptionSearch {
  return {
    ...(typeof on === 'string' && /^\d{4}-\d\d-\d\d$/.test(on) ? { on } : {}),
    ...(typeof show === 'string' && show !== '' ? { show } : {}),
    ...(typeof option === 'string' && option.includes('/') ? { option } : {}),
  }
}

const KEY = 'settings'

export const optionsQuery = (on: string | undefined) =>
  queryOptions({
    queryKey: [KEY, 'options', on ?? ''],
    queryFn: () => api('GET /api/settings/options', { query: on === undefined ? {} : { on } }),
  })

export const optionQuery = (option: string, on: string | undefined) => {
  const [flow = '', name = ''] = option.split('/')
  return queryOptions({
    queryKey: [KEY, 'option', option, on ?? ''],
    queryFn: () =>
      api('GET /api/settings/options/:flow/:name', { params: { flow, name }, query: on === undefined ? {} : { on } }),
  })
}

export const staffQuery = queryOptions({ queryKey: [KEY, 'staff'], queryFn: () => api('GET /api/settings/staff', {}) })

export const municipalityQuery = (name: string) =>
  queryOptions({
    queryKey: [KEY, 'municipality', name],
    queryFn: () => api('GET /api/settings/municipality/:name', { params: { name } }),
  })

export const profilesQuery = queryOptions({
  queryKey: [KEY, 'profiles'],
  queryFn: () => api('GET /api/settings/profiles', {}),
})

export const profileQuery = (kind: string) =>
  queryOptions({
    queryKey: [KEY, 'profile', kind],
    queryFn: () => api('GET /api/settings/profiles/:kind', { params: { kind } }),
  })

export const closuresQuery = queryOptions({
  queryKey: [KEY, 'closures'],
  queryFn: () => api('GET /api/settings/closures', {}),
})

export const closureQuery = (day: string) =>
  queryOptions({
    queryKey: [KEY, 'closure', day],
    queryFn: () => api('GET /api/settings/closures/:day', { params: { day } }),
  })

/** A change of a setting; every screen of 設定 reads again after it. */
export function useChange<T>(change: (given: T) => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      onDone()
      await client.invalidateQueries({ queryKey: [KEY] })
    },
  })
}
