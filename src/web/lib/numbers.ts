/** 「12,300」 with a real minus sign. Yen cross JSON as integers. */
export const formatNumber = (value: number): string =>
  value < 0 ? `−${Math.abs(value).toLocaleString('en-US')}` : value.toLocaleString('en-US')
