import { serve } from '#lib/server/api/serve.ts'
import { citationEndpoint } from '#lib/server/api/citations.ts'

export const { GET, fallback } = serve(citationEndpoint)
