/** 全角の数字・英字・読点 as half width: an amount may be typed either way. */
export const halfWidth = (text: string): string =>
  text.trim().replaceAll(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
