// The clock that every view follows.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClock } from '../../www/playback/clock.js';
import { SPEEDS, STEPS_PER_SECOND, speedAt } from '../../www/state/speeds.js';

/** ms between frames of a 60 Hz screen. */
const FRAME = 1000 / 60;

/** A clock that plays a recording of some steps. @param {number} steps */
function playing(steps) {
  const clock = createClock();
  clock.setDuration(steps);
  clock.play();
  return clock;
}

test('plays in real time, from the start to the end, and stops there', () => {
  const clock = playing(350);
  let frames = 0;
  while (clock.playing) {
    const before = clock.time;
    clock.advance(FRAME);
    frames += 1;
    assert.ok(clock.time > before);
  }
  assert.equal(clock.time, 350);
  assert.equal(frames, Math.ceil(350 / STEPS_PER_SECOND / (FRAME / 1000)));
  clock.advance(FRAME);
  assert.equal(clock.time, 350);
});

test('plays from the start once it has ended, otherwise from the current time', () => {
  const clock = playing(100);
  clock.seek(100);
  clock.play();
  assert.equal(clock.time, 0);
  clock.seek(60);
  clock.play();
  assert.equal(clock.time, 60);
  clock.restart();
  assert.deepEqual([clock.time, clock.playing], [0, true]);
});

test('does not play an empty recording', () => {
  const clock = playing(0);
  assert.equal(clock.playing, false);
  clock.restart();
  clock.advance(FRAME);
  assert.deepEqual([clock.time, clock.playing], [0, false]);
});

test('speed scales time', () => {
  for (const [speed] of SPEEDS) {
    const clock = playing(1e6);
    clock.setSpeed(speed);
    clock.advance(50);
    assert.ok(Math.abs(clock.time - 0.05 * STEPS_PER_SECOND * speed) < 1e-9);
  }
});

test('a frame counts for at most 100 ms, and time does not run back', () => {
  const clock = playing(1000);
  clock.advance(60_000);
  assert.equal(clock.time, 10);
  clock.advance(-5);
  assert.equal(clock.time, 10);
});

test('seeking stops the clock at a time within the recording', () => {
  const clock = playing(350);
  for (const [to, time] of [
    [120.5, 120.5],
    [-1, 0],
    [400, 350],
  ]) {
    clock.play();
    clock.seek(to);
    assert.deepEqual([clock.time, clock.playing], [time, false]);
  }
});

test('steps go to whole steps', () => {
  const clock = playing(350);
  for (const [from, by, to] of [
    [40.5, 1, 41],
    [40.5, -1, 40],
    [40, 1, 41],
    [40, -1, 39],
    [40.5, 10, 50],
    [0, -1, 0],
    [350, 10, 350],
  ]) {
    clock.seek(from);
    clock.step(by);
    assert.equal(clock.time, to, `from ${from} by ${by}`);
  }
});

test('a shorter recording moves the clock back to its end', () => {
  const clock = playing(350);
  clock.seek(200);
  clock.setDuration(100);
  assert.equal(clock.time, 100);
  clock.setDuration(350);
  assert.equal(clock.time, 100);
});

describe('looping', () => {
  test('continues at the start with the rest of the frame', () => {
    const clock = playing(100);
    clock.setLoop(true);
    for (let i = 0; i < 19; i++) clock.advance(50);
    clock.advance(70);
    assert.ok(Math.abs(clock.time - 2) < 1e-9);
    assert.equal(clock.playing, true);
  });

  test('that a stroke started ends with the stroke', () => {
    const clock = playing(10);
    clock.setEndless(true);
    for (let i = 0; i < 100; i++) clock.advance(FRAME);
    assert.equal(clock.playing, true);
    clock.setEndless(false);
    for (let i = 0; i < 100; i++) clock.advance(FRAME);
    assert.deepEqual([clock.time, clock.playing], [10, false]);
  });

  test('begins again less than three times a second, at any speed and length (WCAG 2.3.1)', () => {
    for (const steps of [1, 33, 350]) {
      for (const [speed] of SPEEDS) {
        const clock = playing(steps);
        clock.setSpeed(speed);
        clock.setLoop(true);
        let laps = 0;
        for (let i = 0; i < 600; i++) {
          const before = clock.time;
          clock.advance(FRAME);
          if (clock.time < before) laps += 1;
        }
        assert.ok(laps < 30, `${steps} steps at ${speed}: ${laps} in ten seconds`);
      }
    }
  });
});

test('the next speed after the fastest or slowest is that speed again', () => {
  assert.equal(speedAt(1, 1), 2);
  assert.equal(speedAt(1, -1), 1 / 2);
  assert.equal(speedAt(50, 1), 50);
  assert.equal(speedAt(1 / 20, -1), 1 / 20);
});
