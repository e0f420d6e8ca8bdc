// What an instrument offers to its views, and the list of views that have a tab.

/** @import { BreakOptions } from '../breaking/break-view.js' */
/** @import { DoctorOptions } from '../doctor/doctor-view.js' */
/** @import { Neuron } from '../simulator/types.js' */
/** @import { Store } from '../state/state.js' */
/** @import { Page, ViewEntry } from '../views/types.js' */
/** @import { Assets, Options } from './types.js' */
/** @import { Presentation } from './presentation.js' */

import { linkedNeuron } from '../state/neuron-code.js';
import { VIEWS } from '../views/view-table.js';

/**
 * @param {object} options
 * @param {Assets} options.assets
 * @param {string} options.ids what the instrument's ids begin with
 * @param {readonly number[]} [options.expectedSizes]
 * @param {Store} options.state
 * @param {Presentation} options.presentation
 * @param {(neuron: Neuron | null) => void} options.onPoint the pointer is over another neuron, or over none
 * @param {Page['onMissing']} options.onMissing
 * @param {() => void} options.redraw
 * @param {Page['picture']} options.picture
 * @param {() => boolean} options.isAnswerHidden
 * @param {Page['embedding']} options.embedding
 * @returns {Page}
 */
export function createViewContext({ assets, ids, expectedSizes, state, presentation, ...options }) {
  const { onPoint, onMissing, redraw, picture, isAnswerHidden, embedding } = options;
  /** @type {Neuron | null} */
  let pointed = null;
  const linked = (/** @type {Neuron} */ neuron) => linkedNeuron(presentation.recorder?.network.sizes ?? [], neuron);
  return {
    assets: {
      // It was measured for the network of the assets only.
      get accuracy() {
        return presentation.recorder?.own === false ? undefined : assets.accuracy;
      },
    },
    expectedSizes,
    elementId: (name) => ids + name,
    get missing() {
      return presentation.missing;
    },
    get several() {
      return presentation.digits.length > 1;
    },
    get answerHidden() {
      return isAnswerHidden();
    },
    pick: (neuron) => state.set({ neuron: linked(neuron) }),
    inspect: (neuron) => state.set({ neuron: linked(neuron), view: 'why' }),
    point(neuron) {
      if (neuron?.layer === pointed?.layer && neuron?.index === pointed?.index) return;
      pointed = neuron;
      onPoint(neuron);
    },
    open: (view) => state.set({ view }),
    onMissing,
    requestFrame: redraw,
    answer(ink, settings) {
      if (!presentation.recorder) throw new Error('The network is not loaded yet.');
      return presentation.recorder.answer(ink, settings);
    },
    picture,
    embedding,
  };
}

/**
 * The views that have a tab.
 * @param {Store} state
 * @param {Presentation} presentation
 * @param {Pick<DoctorOptions, 'simulator' | 'onUse'> & Pick<Assets, 'testImages' | 'digits'> &
 *   Pick<Options, 'changeNetwork' | 'workbench'> & Pick<BreakOptions, 'whole'>} measuring
 * @param {() => void} onChange `pending` has changed
 */
export function createViewEntries(
  state,
  presentation,
  { testImages, digits, changeNetwork, workbench, whole, ...measuring },
  onChange,
) {
  let pending = 0;
  const defaults = () => presentation.recorder?.defaults ?? null;
  const settings = () => presentation.settings;
  const parts = async () => (await measuring.simulator()).parts;

  /** @type {readonly ViewEntry[]} */
  const entries = [
    ...VIEWS,
    ...(digits
      ? [
          {
            name: 'break',
            title: 'Break it',
            question: 'Which is tougher when parts of it break: with spikes or without?',
            load: async () =>
              (await import('../breaking/break-view.js')).breakViewOf({ settings, digits, state, whole }),
            pictures: [{ title: 'Broken: with spikes and without', canvases: '.break-grids canvas' }],
          },
        ]
      : []),
    ...(digits && workbench
      ? [
          {
            name: 'doctor',
            title: 'Doctor',
            question: 'Why does it read fewer digits than without spikes, and what helps?',
            async load() {
              const { doctorViewOf, createDoctor } = await workbench.doctor();
              const measures = Boolean(testImages && workbench.measuring);
              const { simulator, onUse } = measuring;
              const network = { simulator, createDoctor, digits, settings, defaults, state, changeNetwork };
              return doctorViewOf({ ...network, measures, onUse });
            },
          },
        ]
      : []),
    {
      name: 'parameters',
      title: 'Parameters',
      question: 'What happens with other parameters?',
      async load() {
        const [{ parametersViewOf }, measurer] = await Promise.all([
          import('./parameters-view.js'),
          testImages && workbench?.measuring ? workbench.measuring() : null,
        ]);
        return parametersViewOf(
          { defaults, state: () => state.now, set: state.set },
          measurer && testImages
            ? (root, page) =>
                measurer.createMeasuringPanel(root, page, { ...measuring, parts, testImages, settings, defaults })
            : null,
        );
      },
    },
    {
      name: 'away',
      id: 'take-away',
      title: 'Export',
      question: 'How can I take this with me?',
      load: async () => (await import('../export/export-panel.js')).createExportPanel(VIEWS),
    },
  ];

  /** @param {ViewEntry} entry @returns {ViewEntry} */
  function counted(entry) {
    return {
      ...entry,
      load() {
        const made = entry.load();
        if (!(made instanceof Promise)) return made;
        pending += 1;
        onChange();
        return made.finally(() => {
          pending -= 1;
          onChange();
        });
      },
    };
  }

  return {
    entries: entries.map(counted),

    /** Is the code of a view being loaded? */
    get pending() {
      return pending > 0;
    },
  };
}
