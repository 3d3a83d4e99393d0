import type { Command } from './command.ts'
import { startCommand } from './commands/start.ts'
import { migrateCommand } from './commands/migrate.ts'
import { verifyCommand } from './commands/verify.ts'

/** Every command, in the order the help lists them. */
export const commands: readonly Command[] = [startCommand, migrateCommand, verifyCommand]
