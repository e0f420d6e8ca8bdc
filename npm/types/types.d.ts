export type { LayerRecording, Network, Point, Recording, Settings, Stroke, Verdict } from './recording.js';

/** A file of a network: itself, its bytes, or its address. */
export type NetworkSource = File | Blob | Uint8Array | string | URL;
