import type { TaskMap } from '#database'

/** Every task a job can name. A task is safe to begin again, reports its progress and ends soon when its signal is aborted. */
export const tasks: TaskMap = {}
