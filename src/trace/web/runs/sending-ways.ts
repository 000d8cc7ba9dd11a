/** 送付の方法 of a file that leaves the house, as the form of 006 numbers them. */
export const SENDING_WAYS = [
  { value: '1', label: '連携サーバ' },
  { value: '2', label: 'LGWAN' },
  { value: '3', label: '媒体' },
] as const
