import { type PlainDate, plainDateOf } from '#kernel/plain-date.ts'

/** 最初の見本: what a first start loads, on the day on which its story stands: 督促 令和8年度 第4期. */
export const SAMPLE_DAY: PlainDate = plainDateOf('2026-11-13')
export const SAMPLE_INSURED = 3000
export const SAMPLE_SEED = 1
