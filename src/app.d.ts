import type { CoreTables, Database } from '#database'
import type { AtlasTables, LoadedRegion } from '#atlas/server'

declare global {
	namespace App {
		interface Locals {
			database: Database<AtlasTables & CoreTables>
			region: LoadedRegion | undefined
			account: { id: string; name: string; administrator: boolean } | undefined
		}
		interface Error {
			message: string
		}
	}
}
