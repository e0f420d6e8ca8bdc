//! The spikes of one layer in one step.

/// Which neurons of a layer fired in one step, and how often. Counts are kept only where a neuron fired
/// more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spikes<'a> {
    neurons: &'a [u16],
    /// One count per neuron that fired; empty where each fired once.
    counts: &'a [u32],
    total: u64,
}

impl<'a> Spikes<'a> {
    /// The spikes of `neurons`, ascending, each of which fired once.
    #[must_use]
    pub fn once(neurons: &'a [u16]) -> Self {
        Self { neurons, counts: &[], total: neurons.len() as u64 }
    }

    /// The spikes of `neurons`, ascending. `counts` has one count for each of them, or is empty if each fired once.
    #[cfg(feature = "dialects")]
    pub(crate) fn counted(neurons: &'a [u16], counts: &'a [u32]) -> Self {
        if counts.is_empty() {
            return Self::once(neurons);
        }
        Self { neurons, counts, total: counts.iter().map(|&count| u64::from(count)).sum() }
    }

    /// `total` spikes of neurons that are not listed.
    #[must_use]
    pub fn unnamed(total: u64) -> Self {
        Self { neurons: &[], counts: &[], total }
    }

    /// The neurons that fired, ascending, each named once.
    #[must_use]
    pub fn neurons(self) -> &'a [u16] {
        self.neurons
    }

    /// How often each of [`Spikes::neurons`] fired; empty where each fired once.
    #[must_use]
    pub fn counts(self) -> &'a [u32] {
        self.counts
    }

    /// The neurons that fired, ascending, and how often.
    pub fn iter(self) -> impl Iterator<Item = (u16, u32)> + 'a {
        let count = move |i| self.counts.get(i).copied().unwrap_or(1);
        self.neurons.iter().enumerate().map(move |(i, &neuron)| (neuron, count(i)))
    }

    /// The number of spikes of all neurons.
    #[must_use]
    pub fn total(self) -> u64 {
        self.total
    }
}

/// Collects the spikes of one step.
#[derive(Debug, Clone, Default)]
pub(crate) struct SpikeList {
    neurons: Vec<u16>,
    counts: Vec<u32>,
    /// How often each neuron of the layer fires, for [`SpikeList::fill`].
    #[cfg(feature = "dialects")]
    all: Vec<u32>,
}

impl SpikeList {
    pub fn clear(&mut self) {
        self.neurons.clear();
        self.counts.clear();
    }

    /// Adds a neuron that fires `count` times; does nothing if `count` is 0. `neuron` must be larger than
    /// every neuron in the list.
    pub fn push(&mut self, neuron: usize, count: u32) {
        if count == 0 {
            return;
        }
        if count > 1 {
            self.counts.resize(self.neurons.len(), 1);
            self.counts.push(count);
        } else if !self.counts.is_empty() {
            self.counts.push(1);
        }
        self.neurons.push(neuron as u16);
    }

    /// Replaces the contents: `counts` is how often each neuron of the layer fires. Counts that a loop without branches makes are
    /// computed on vectors.
    #[cfg(feature = "dialects")]
    pub fn fill(&mut self, counts: impl Iterator<Item = u32>) {
        self.clear();
        self.all.clear();
        self.all.extend(counts);
        if self.all.iter().fold(0, |any, &count| any | count) > 1 {
            let all = std::mem::take(&mut self.all);
            all.iter().enumerate().for_each(|(neuron, &count)| self.push(neuron, count));
            self.all = all;
            return;
        }
        // Without a branch for each neuron: nobody can predict which of them fire.
        self.neurons.resize(self.all.len(), 0);
        let mut fired = 0;
        for (group, counts) in self.all.chunks(8).enumerate() {
            if counts.iter().fold(0, |any, &count| any | count) == 0 {
                continue;
            }
            for (i, &count) in counts.iter().enumerate() {
                self.neurons[fired] = (8 * group + i) as u16;
                fired += count as usize;
            }
        }
        self.neurons.truncate(fired);
    }

    /// Replaces the contents by the spikes of another step.
    #[cfg(feature = "dialects")]
    pub fn copy_from(&mut self, spikes: Spikes) {
        self.clear();
        self.neurons.extend_from_slice(spikes.neurons);
        self.counts.extend_from_slice(spikes.counts);
    }

    /// The list of neurons, for a source whose neurons fire at most once per step.
    pub fn once(&mut self) -> &mut Vec<u16> {
        self.counts.clear();
        &mut self.neurons
    }

    pub fn view(&self) -> Spikes<'_> {
        if self.counts.is_empty() {
            return Spikes::once(&self.neurons);
        }
        let total = self.counts.iter().map(|&count| u64::from(count)).sum();
        Spikes { neurons: &self.neurons, counts: &self.counts, total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(spikes: &[(usize, u32)]) -> SpikeList {
        let mut list = SpikeList::default();
        spikes.iter().for_each(|&(neuron, count)| list.push(neuron, count));
        list
    }

    #[test]
    fn counts_are_kept_only_where_a_neuron_fires_more_than_once() {
        let single = list(&[(0, 1), (3, 0), (7, 1), (9, 1)]);
        assert_eq!(single.view(), Spikes::once(&[0, 7, 9]));
        for spikes in [&[(0, 2)][..], &[(0, 1), (3, 4)], &[(0, 3), (3, 1), (5, 1)], &[(1, 1), (2, 1), (3, 9)]]
        {
            let list = list(spikes);
            let expected: Vec<(u16, u32)> = spikes.iter().map(|&(n, c)| (n as u16, c)).collect();
            assert_eq!(list.view().iter().collect::<Vec<_>>(), expected);
            assert_eq!(list.view().counts().len(), spikes.len());
            assert_eq!(list.view().total(), spikes.iter().map(|&(_, c)| u64::from(c)).sum::<u64>());
        }
    }

    #[cfg(feature = "dialects")]
    #[test]
    fn a_list_is_filled_from_counts() {
        for counts in
            [vec![], vec![1; 9], vec![0; 20], vec![0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1], vec![0, 3, 1, 0, 2]]
        {
            let expected: Vec<_> = counts.iter().copied().enumerate().collect();
            let mut filled = list(&[(2, 5)]);
            filled.fill(counts.iter().copied());
            assert_eq!(filled.view(), list(&expected).view());
        }
    }

    #[test]
    fn a_cleared_list_is_empty() {
        let mut list = list(&[(0, 5), (1, 1)]);
        list.clear();
        assert_eq!((list.view().total(), list.view().iter().count()), (0, 0));
        list.push(4, 1);
        assert_eq!(list.view(), Spikes::once(&[4]));
    }
}
