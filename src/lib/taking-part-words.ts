import type { ItemState, NeedKind } from '#coalition'
import type { OrganizationKind } from '#people'
import { m } from '#lib/paraglide/messages.js'

export const organizationKindName = (kind: OrganizationKind): string => m[`organization_kind_${kind}`]()
export const needKindName = (kind: NeedKind): string => m[`need_kind_${kind}`]()
export const itemStateName = (state: ItemState): string => m[`item_state_${state}`]()
export const uptakeKindName = (kind: 'position' | 'decision' | 'statement'): string => m[`uptake_kind_${kind}`]()
