import { serve } from '#lib/server/api/serve.ts'
import { seriesEndpoint } from '#lib/server/api/series.ts'

export const { GET, fallback } = serve(seriesEndpoint)
