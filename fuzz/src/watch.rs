//! Watches what a reader costs.
#![allow(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::time::Duration;

use cpu_time::ThreadTime;

/// The most seconds of processor time that a reader may take for an input.
pub const MAX_SECONDS: f64 = 1.0;

/// The most bytes that a reader may allocate beyond what it returns: 64 MiB.
pub const MAX_BEYOND: isize = 64 << 20;

/// Where an allocation fails, so that a find does not end in the memory of the machine: 2 GiB.
const NO_MORE: isize = 2 << 30;

/// The longest message of an error, in bytes.
const MAX_MESSAGE: usize = 4096;

/// Counts the bytes that each thread has allocated and not freed.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Counts `change` bytes. False if there are too many.
fn count(change: isize) -> bool {
    // While a thread ends, its counters are gone.
    let counted = LIVE.try_with(|live| {
        live.set(live.get() + change);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(live.get())));
        live.get() <= NO_MORE
    });
    counted.unwrap_or(true)
}

// Sound: all memory comes from the system's allocator and returns to it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !count(layout.size() as isize) {
            return std::ptr::null_mut();
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !count(layout.size() as isize) {
            return std::ptr::null_mut();
        }
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !count(size as isize - layout.size() as isize) {
            return std::ptr::null_mut();
        }
        unsafe { System.realloc(memory, layout, size) }
    }
}

/// What is wrong with how an input was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// A panic, with its message and place.
    Panic(String),
    /// More than [`MAX_SECONDS`].
    Slow(Duration),
    /// More bytes beyond the result than [`MAX_BEYOND`].
    Large(isize),
    /// A message of so many bytes.
    Wordy(usize),
}

impl Trouble {
    /// Its kind, for the name of a file.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Panic(_) => "panic",
            Self::Slow(_) => "slow",
            Self::Large(_) => "large",
            Self::Wordy(_) => "wordy",
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panic(message) => write!(f, "a panic: {message}"),
            Self::Slow(time) => write!(f, "{:.2} s", time.as_secs_f64()),
            Self::Large(bytes) => write!(f, "{} MiB beyond the result", bytes >> 20),
            Self::Wordy(bytes) => write!(f, "an error of {bytes} bytes"),
        }
    }
}

/// What a reader made of an input: something to keep, or the message of an error.
pub type Reading = Result<Box<dyn Any>, String>;

/// What reading an input cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// Whether it was accepted.
    pub accepted: bool,
    /// The time that it took.
    pub time: Duration,
    /// Bytes allocated beyond those of the result.
    pub beyond: isize,
}

/// Reads `input` with `read`, and says what it cost or what is wrong.
///
/// # Errors
/// [`Trouble`] if the reader panics or takes too much.
pub fn examine(read: fn(&[u8]) -> Reading, input: &[u8]) -> Result<Cost, Trouble> {
    let mut cost = examine_once(read, input)?;
    // Other work on the machine takes time too. What the reader itself takes shows in the least of three.
    for _ in 0..2 {
        if cost.time.as_secs_f64() > MAX_SECONDS {
            cost.time = cost.time.min(examine_once(read, input)?.time);
        }
    }
    if cost.time.as_secs_f64() > MAX_SECONDS {
        return Err(Trouble::Slow(cost.time));
    }
    Ok(cost)
}

fn examine_once(read: fn(&[u8]) -> Reading, input: &[u8]) -> Result<Cost, Trouble> {
    keep_panics();
    let before = LIVE.get();
    PEAK.set(before);
    // Time of the processor: a busy machine does not make a reader slow.
    let start = ThreadTime::now();
    WATCHED.set(true);
    let reading = panic::catch_unwind(AssertUnwindSafe(|| read(input)));
    WATCHED.set(false);
    let time = start.elapsed();
    let beyond = PEAK.get() - LIVE.get();
    let Ok(reading) = reading else {
        return Err(Trouble::Panic(PANIC.take().unwrap_or_default()));
    };
    if beyond > MAX_BEYOND {
        return Err(Trouble::Large(beyond));
    }
    match &reading {
        Err(message) if message.len() > MAX_MESSAGE => Err(Trouble::Wordy(message.len())),
        _ => Ok(Cost { accepted: reading.is_ok(), time, beyond }),
    }
}

/// Keeps the messages of panics of readers, instead of printing them.
fn keep_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if WATCHED.get() {
                PANIC.set(Some(info.to_string()));
            } else {
                usual(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(read: fn(&[u8]) -> Reading) -> Option<Trouble> {
        examine(read, b"input").err()
    }

    #[test]
    fn what_costs_too_much_is_seen() {
        assert_eq!(found(|_| Ok(Box::new(vec![1_u8; 100 << 20]))), None, "the result may be large");
        let large = found(|_| {
            let waste = vec![1_u8; 65 << 20];
            Ok(Box::new(waste[5]))
        });
        assert!(matches!(large, Some(Trouble::Large(bytes)) if bytes > 64 << 20), "{large:?}");
        assert_eq!(found(|_| Err("x".repeat(5000))), Some(Trouble::Wordy(5000)));
        let panic = found(|input| Ok(Box::new(input[input.len()])));
        assert!(matches!(&panic, Some(Trouble::Panic(text)) if text.contains("watch.rs")), "{panic:?}");
    }
}
