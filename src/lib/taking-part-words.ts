import type { OrganizationKind } from '#people'
import { m } from '#lib/paraglide/messages.js'

export const organizationKindName = (kind: OrganizationKind): string => m[`organization_kind_${kind}`]()
