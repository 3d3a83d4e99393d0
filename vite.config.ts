import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { defineConfig } from 'vite'

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['url', 'baseLocale'],
			emitTsDeclarations: true,
		}),
		sveltekit({
			adapter: adapter({ out: 'build', precompress: true }),
			csrf: { trustedOrigins: [] },
		}),
	],
	build: { chunkSizeWarningLimit: 1500 },
})
