import type { CoreTables, Database } from '#database'
import type { AtlasTables, LoadedRegion } from '#atlas/server'
import type { Auth, PeopleTables } from '#people/server'

declare global {
	namespace App {
		interface Locals {
			database: Database<AtlasTables & CoreTables & PeopleTables>
			region: LoadedRegion | undefined
			auth: Auth
			account: { id: string; name: string; email: string; administrator: boolean; demonstration: boolean } | undefined
		}
		interface Error {
			message: string
		}
	}
}
