import type { Network } from '#coalition'
import type { OrganizationNetwork } from '#coalition/server'
import { escapeXml } from './map-picture.ts'

const KEYS = [
	['node', 'name', 'string'], ['node', 'kind', 'string'], ['node', 'degree', 'int'], ['node', 'betweenness', 'double'], ['node', 'component', 'int'],
	['edge', 'weight', 'int'], ['edge', 'bodies', 'int'], ['edge', 'statements', 'int'], ['edge', 'campaigns', 'int'], ['edge', 'links', 'int'],
] as const

/** The network as GraphML (graphml.graphdrawing.org), which Gephi, yEd and igraph read: everybody as a node, also without a tie. */
export function graphmlOf({ organizations }: OrganizationNetwork, network: Network): string {
	const data = (values: Record<string, string | number>) => Object.entries(values).map(([key, value]) => `<data key="${key}">${escapeXml(String(value))}</data>`).join('')
	const nodes = organizations.map(({ id, name, kind }, n) => `<node id="${escapeXml(id)}">${data({ name, kind, degree: network.degree[n]!, betweenness: network.betweenness[n]!, component: network.component[n]! })}</node>`)
	const edges = [...network.from].map((one, tie) => {
		const [bodies, statements, campaigns, links] = network.byKind.slice(4 * tie, 4 * tie + 4)
		return `<edge source="${escapeXml(organizations[one]!.id)}" target="${escapeXml(organizations[network.to[tie]!]!.id)}">${data({ weight: network.strength[tie]!, bodies: bodies!, statements: statements!, campaigns: campaigns!, links: links! })}</edge>`
	})
	const keys = KEYS.map(([of, name, type]) => `<key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`)
	return ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...keys, '<graph edgedefault="undirected">', ...nodes, ...edges, '</graph>', '</graphml>', ''].join('\n')
}
