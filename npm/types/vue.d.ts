// The tag for templates of Vue 3: import type {} from 'spikepad/vue'

import type { DefineComponent } from 'vue';
import type { Settings, SpikePadAttributes, SpikePadEvents, Stroke } from './element.js';

type Handlers = { [K in keyof SpikePadEvents as `on${Capitalize<K>}`]?: (event: SpikePadEvents[K]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'spike-pad': DefineComponent<
      SpikePadAttributes & Handlers & { settings?: Partial<Settings>; strokes?: readonly Stroke[] }
    >;
  }
}
