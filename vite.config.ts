import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { defineConfig } from 'vite'
import { directImports } from './src/build/direct-imports.ts'
import { isOfCoalition, isOfEveryPage } from './src/build/rooms-of-pages.ts'
import { subsetFonts } from './src/build/subset-fonts.ts'

export default defineConfig({
	plugins: [
		subsetFonts(),
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['url', 'baseLocale'],
		}),
		sveltekit({
			adapter: adapter({ out: 'build', precompress: true }),
			// The one page that works without a network registers it for its own address.
			serviceWorker: { register: false },
			csp: {
				mode: 'auto',
				directives: {
					'default-src': ['self'],
					'img-src': ['self', 'data:', 'blob:'],
					'style-src': ['self', 'unsafe-inline'],
					'script-src': ['self'],
					'worker-src': ['self', 'blob:'],
					'connect-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['self'],
					'form-action': ['self'],
					'frame-ancestors': ['self'],
				},
			},
		}),
		directImports(),
	],
	build: { chunkSizeWarningLimit: 1500 },
	environments: {
		// What every page says at its edges, and what many pages use, comes in one file each, since on a slow line every file more is a wait more; what only those about circles and hubs
		// use, in another.
		client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'edges', test: isOfEveryPage }, { name: 'base', minShareCount: 8, test: (id) => !isOfCoalition(id) }, { name: 'coalition', minShareCount: 8, test: isOfCoalition }] } } } } },
	},
})
