/** A message goes to the partition that the hash of its correlation key names, as the engine counts it. */
function partitionOf(correlationKey: string, partitions: number): number {
  let hash = 0
  for (const byte of Buffer.from(correlationKey, 'utf8')) hash = (Math.imul(31, hash) + ((byte << 24) >> 24)) | 0
  return Math.abs(hash % partitions) + 1
}

/** One correlation key for each partition, in their order. */
export function keysByPartition(partitions: number): readonly string[] {
  const keys = new Map<number, string>()
  for (let n = 0; keys.size < partitions; n++) {
    const key = `koki-${n}`
    const partition = partitionOf(key, partitions)
    if (!keys.has(partition)) keys.set(partition, key)
  }
  return [...keys].toSorted(([one], [other]) => one - other).map(([, key]) => key)
}
