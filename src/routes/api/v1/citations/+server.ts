import { serve } from '#lib/server/api/serve.ts'
import { citationsEndpoint } from '#lib/server/api/citations.ts'

export const { GET, fallback } = serve(citationsEndpoint)
