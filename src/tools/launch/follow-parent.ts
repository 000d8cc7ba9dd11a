// Loaded before a child's own program: when the launcher is gone, killed even, the child ends as if asked to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

// What it dies of is told to the launcher, which shows it to the person who started it. Unknown errors stay in the log.
process.on('uncaughtExceptionMonitor', (error: Error & { readonly code?: unknown; readonly next?: unknown }) => {
  if (typeof error.next === 'string')
    process.send?.({ fault: { code: String(error.code), message: error.message, next: error.next } })
})
