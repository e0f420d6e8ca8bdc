//! Time that a processor spends on this program. Other work on the machine does not count, so a slow input is slow
//! everywhere.

use std::time::Duration;

/// The processor's time of this thread. Only differences have a meaning.
#[must_use]
pub fn thread_time() -> Duration {
    platform::thread_time()
}

/// The processor's time of this process. Only differences have a meaning.
#[must_use]
pub fn process_time() -> Duration {
    platform::process_time()
}

#[cfg(unix)]
mod platform {
    use std::time::Duration;

    use rustix::time::{ClockId, clock_gettime};

    pub fn thread_time() -> Duration {
        time_of(ClockId::ThreadCPUTime)
    }

    pub fn process_time() -> Duration {
        time_of(ClockId::ProcessCPUTime)
    }

    fn time_of(clock: ClockId) -> Duration {
        clock_gettime(clock).try_into().unwrap_or_default()
    }
}

/// Elsewhere it is the time of a clock, and other work does count.
#[cfg(not(unix))]
mod platform {
    use std::sync::LazyLock;
    use std::time::{Duration, Instant};

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    pub fn thread_time() -> Duration {
        START.elapsed()
    }

    pub fn process_time() -> Duration {
        START.elapsed()
    }
}
