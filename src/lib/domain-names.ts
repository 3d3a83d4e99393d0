import { m } from '#lib/paraglide/messages.js'

const names: Record<string, () => string> = {
	demographics: m.domain_demographics,
	'economic-development': m.domain_economic_development,
	education: m.domain_education,
	environment: m.domain_environment,
	health: m.domain_health,
	housing: m.domain_housing,
	'public-safety': m.domain_public_safety,
	transportation: m.domain_transportation,
	index: m.domain_index,
}

export function domainName(domain: string): string {
	return names[domain]?.() ?? domain
}
