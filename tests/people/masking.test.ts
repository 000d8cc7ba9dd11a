import { guard, withhold } from '#access/masking.ts'
import { describe, expect, it } from 'vitest'

// sheet 1.1 §2.2: a masked value is absent, without length, hash or placeholder
describe('masking', () => {
  it('takes the value away, whatever it was', () => {
    expect(guard('みほん市中央1番', true)).toEqual({ isMasked: true, value: null })
    expect(guard(null, true)).toEqual({ isMasked: true, value: null })
    expect(guard('みほん市中央1番', false)).toEqual({ isMasked: false, value: 'みほん市中央1番' })
    expect(guard(null, false)).toEqual({ isMasked: false, value: null })
  })
  it('takes the named fields out of a copy and leaves the record alone', () => {
    const record = { name: '見本 花子', phone: '000', address: 'みほん市' }
    expect(withhold(record, ['phone', 'address'], true)).toEqual({ name: '見本 花子', phone: null, address: null })
    expect(withhold(record, ['phone'], false)).toEqual(record)
    expect(record.phone).toBe('000')
  })
})
