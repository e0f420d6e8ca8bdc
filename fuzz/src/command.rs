//! The command line of the fuzzer.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use clap::Parser;
use cpu_time::ProcessTime;
use spikepad_fuzz::{Campaign, Progress, TARGETS, Target, examine};

/// Inputs of a target that are read before those of the next.
const TURN: u64 = 200;

/// Seconds of a processor after which an input that is still being read is reported.
const HANGS: u64 = 20;

/// Feed Spikepad's readers with damaged and hostile files.
#[derive(Parser)]
#[command(name = "spikepad-fuzz")]
struct Arguments {
    /// How long to go on
    #[arg(long, value_name = "M", default_value_t = 1.0)]
    minutes: f64,
    /// Read only inputs for this reader; may be given several times [default: all]
    #[arg(long, value_name = "NAME", value_parser = TARGETS.iter().map(|target| target.name).collect::<Vec<_>>())]
    target: Vec<String>,
    /// Seed of the inputs [default: the time]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Stop after so many inputs of each reader
    #[arg(long, value_name = "N")]
    inputs: Option<u64>,
    /// Write only input N of each reader, with the seed given, to the folder
    #[arg(long, value_name = "N", requires = "seed")]
    only: Option<u64>,
    /// Write troublesome inputs to this folder
    #[arg(long, value_name = "FOLDER", default_value = "target/fuzz")]
    out: PathBuf,
    /// Read these files instead, with the one reader that --target names
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "target")]
    replay: Vec<PathBuf>,
}

/// What is being read and since which time of the process, for the watchdog.
static CURRENT: Mutex<Option<(&'static str, u64, u64, ProcessTime)>> = Mutex::new(None);

pub fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(io::stderr(), "spikepad-fuzz: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Returns the number of finds.
fn run(arguments: &Arguments) -> Result<u64> {
    let wanted = |target: &Target| {
        arguments.target.is_empty() || arguments.target.iter().any(|name| name == target.name)
    };
    if !arguments.replay.is_empty() {
        return replay(
            &arguments.replay,
            &TARGETS.iter().filter(|target| wanted(target)).collect::<Vec<_>>(),
        );
    }
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let seed = arguments.seed.unwrap_or(time);
    let targets = TARGETS.iter().enumerate().filter(|(_, target)| wanted(target));
    let mut campaigns: Vec<_> = targets.map(|(index, target)| Campaign::new(target, index, seed)).collect();
    let mut out = io::stdout().lock();
    if let Some(number) = arguments.only {
        for campaign in &campaigns {
            let path = arguments.out.join(format!("{}-{seed}-{number}", campaign.target().name));
            write(&path, &campaign.input(number))?;
            writeln!(out, "{}", path.display())?;
        }
        return Ok(0);
    }
    writeln!(out, "seed {seed}")?;
    thread::spawn(watchdog);
    let budget = Duration::try_from_secs_f64(arguments.minutes * 60.0).context("--minutes")?;
    let (start, most) = (Instant::now(), arguments.inputs.unwrap_or(u64::MAX));
    let mut finds = 0;
    while start.elapsed() < budget && campaigns.iter().any(|campaign| campaign.progress.inputs < most) {
        for campaign in &mut campaigns {
            // An abort leaves this file behind, so that the input can be made again.
            let (name, inputs) = (campaign.target().name, campaign.progress.inputs);
            write(
                &arguments.out.join("current"),
                format!("--target {name} --seed {seed} from {inputs}\n").as_bytes(),
            )?;
            for _ in 0..TURN.min(most - inputs) {
                set_current(Some((name, seed, campaign.progress.inputs, ProcessTime::now())));
                if let Some(find) = campaign.step() {
                    let path = find.write(&arguments.out, campaign.target())?;
                    finds += 1;
                    writeln!(out, "{name} {}: {} ({})", find.number, find.trouble, path.display())?;
                }
            }
            set_current(None);
        }
    }
    writeln!(out, "reader             inputs    accepted     slowest   most beyond the result")?;
    for campaign in &campaigns {
        let Progress { inputs, accepted, slowest, most } = campaign.progress;
        let (ms, share) = (slowest.as_secs_f64() * 1e3, 100.0 * accepted as f64 / inputs.max(1) as f64);
        let name = campaign.target().name;
        writeln!(
            out,
            "{name:<12} {inputs:>12} {share:>9.1} % {ms:>8.1} ms {:>18.1} MiB",
            most as f64 / (1 << 20) as f64
        )?;
    }
    let all: u64 = campaigns.iter().map(|campaign| campaign.progress.inputs).sum();
    writeln!(out, "{all} inputs in {:.0} s, {finds} finds", start.elapsed().as_secs_f64())?;
    Ok(finds)
}

fn replay(files: &[PathBuf], targets: &[&Target]) -> Result<u64> {
    let [target] = targets else { bail!("--replay needs one --target") };
    let mut finds = 0;
    for file in files {
        let input = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let found = examine(target.read, &input);
        finds += u64::from(found.is_err());
        let text = match found {
            Ok(cost) => format!(
                "{:.1} ms, {} MiB beyond the result",
                cost.time.as_secs_f64() * 1e3,
                cost.beyond >> 20
            ),
            Err(trouble) => trouble.to_string(),
        };
        writeln!(io::stdout(), "{}: {text}", file.display())?;
    }
    Ok(finds)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = || format!("cannot write {}", path.display());
    path.parent().map_or(Ok(()), fs::create_dir_all).with_context(failed)?;
    fs::write(path, bytes).with_context(failed)
}

fn set_current(current: Option<(&'static str, u64, u64, ProcessTime)>) {
    *CURRENT.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = current;
}

/// Ends the program if an input is read for too long.
fn watchdog() {
    loop {
        thread::sleep(Duration::from_secs(1));
        let current = *CURRENT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((name, seed, number, since)) = current
            && since.elapsed() > Duration::from_secs(HANGS)
        {
            let _ = writeln!(
                io::stderr(),
                "spikepad-fuzz: {HANGS} s are not enough for this input: --target {name} --seed {seed} --only {number}"
            );
            std::process::exit(1);
        }
    }
}
