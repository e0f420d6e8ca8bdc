//! Presents the items of a set, natively on all threads, and returns the results in the order of the items.

#[cfg(all(feature = "parallel", not(target_arch = "wasm32")))]
use rayon::prelude::*;

/// A network that keeps its state from image to image starts from rest at every index that is a multiple of
/// this. Threads or workers take whole runs of this many images, so the results do not depend on how they
/// share a set.
pub const CHUNK: usize = 100;

/// Calls `present` for every item with its index. With `keeps_state` a state sees whole runs of [`CHUNK`] items, in their
/// order.
pub(crate) fn for_each<I: Sync, S, T: Send>(
    items: &[I],
    keeps_state: bool,
    state: impl Fn() -> S + Sync + Send,
    present: impl Fn(&mut S, usize, &I) -> T + Sync + Send,
) -> Vec<T> {
    #[cfg(all(feature = "parallel", not(target_arch = "wasm32")))]
    {
        if !keeps_state {
            let items = items.par_iter().enumerate();
            return items.map_init(state, |state, (index, item)| present(state, index, item)).collect();
        }
        let runs = items.par_chunks(CHUNK).enumerate().map_init(state, |state, (run, items)| {
            let one = |(i, item)| present(state, run * CHUNK + i, item);
            items.iter().enumerate().map(one).collect::<Vec<T>>()
        });
        runs.collect::<Vec<_>>().into_iter().flatten().collect()
    }
    #[cfg(not(all(feature = "parallel", not(target_arch = "wasm32"))))]
    {
        let _ = keeps_state;
        let mut state = state();
        items.iter().enumerate().map(|(index, item)| present(&mut state, index, item)).collect()
    }
}
