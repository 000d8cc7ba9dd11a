// Loaded before a child's own program: when the launcher is gone, killed even, the child ends as if asked to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
