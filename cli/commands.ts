import type { Command } from './command.ts'
import { administratorLinkCommand } from './commands/administrator-link.ts'
import { apportionCommand } from './commands/apportion.ts'
import { exportCommand } from './commands/export.ts'
import { regionCheckCommand } from './commands/region-check.ts'
import { regionFetchCommand } from './commands/region-fetch.ts'
import { regionListCommand } from './commands/region-list.ts'
import { regionLoadCommand } from './commands/region-load.ts'
import { regionNewCommand } from './commands/region-new.ts'
import { startCommand } from './commands/start.ts'
import { indexCommand } from './commands/index-recipe.ts'
import { migrateCommand } from './commands/migrate.ts'
import { backupCommand, restoreCommand } from './commands/backup.ts'
import { verifyCommand } from './commands/verify.ts'

/** Every command, in the order the help lists them. */
export const commands: readonly Command[] = [
	startCommand, regionListCommand, regionNewCommand, regionFetchCommand, regionCheckCommand, regionLoadCommand, indexCommand, apportionCommand, exportCommand,
	migrateCommand, verifyCommand, backupCommand, restoreCommand, administratorLinkCommand,
]
