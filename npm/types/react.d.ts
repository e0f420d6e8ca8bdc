// The tag for React 19: import type {} from 'spikepad/react'

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Settings, SpikePadAttributes, SpikePadElement, SpikePadEvents, Stroke } from './element.js';

type Handlers = { [K in keyof SpikePadEvents as `on${K}`]?: (event: SpikePadEvents[K]) => void };

type Props = Omit<
  DetailedHTMLProps<HTMLAttributes<SpikePadElement>, SpikePadElement>,
  keyof Handlers | keyof SpikePadAttributes
> &
  SpikePadAttributes &
  Handlers & { settings?: Partial<Settings>; strokes?: readonly Stroke[] };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'spike-pad': Props;
    }
  }
}
