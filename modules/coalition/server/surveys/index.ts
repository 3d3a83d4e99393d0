export { answerWave, callOffWave, findWaveOfCode, makePaperCodes, openWave, takeCode } from './waves.ts'
export { findWaveResults, listWaves, type WaveLine, type WaveResult } from './find-waves.ts'
