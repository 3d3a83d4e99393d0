/** Kinds of organizations; the interface messages hold their names under `organization_kind_<kind>`. */
export const ORGANIZATION_KINDS = ['nonprofit', 'resident_group', 'government', 'business', 'school', 'faith', 'labor', 'funder', 'other'] as const
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number]

export type Channel = 'email' | 'sms' | 'phone' | 'post'

/** The form under which two spellings of one address or number are the same; empty where it cannot be one. */
export function normalizeContact(channel: Channel, value: string): string {
	const text = value.trim()
	if (channel === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : ''
	if (channel === 'post') return text.replace(/\s+/g, ' ').toLowerCase()
	const digits = text.replace(/\D/g, '')
	if (text.startsWith('+')) return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : ''
	const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
	return /^[2-9]\d{2}[2-9]\d{6}$/.test(national) ? `+1${national}` : ''
}

/** The form under which two spellings of one name are the same: capitals, accents and spaces aside. */
export const normalizeName = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
