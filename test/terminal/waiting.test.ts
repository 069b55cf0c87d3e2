import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Waiting } from '../../src/terminal/waiting.ts';

/** A line of which every text is kept; null when it ended. */
function screen(columns = 80) {
  const drawn: (string | null)[] = [];
  const start = async () => (text: string, isBelow: boolean) => {
    drawn.push(isBelow ? `below: ${text}` : text);
    return { draw: (next: string) => void drawn.push(next), end: () => void drawn.push(null) };
  };
  const waiting = new Waiting({ now: Date.now, stderr: { columns } as never }, 30_000, start);
  return { waiting, drawn, last: () => drawn.at(-1) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a wait', () => {
  it('is shown from 300 ms on, with what for, how long and of which limit', async () => {
    const { waiting, drawn, last } = screen();
    waiting.reached('name', 'api.example.com');
    await pass(299);
    expect(drawn).toEqual([]);
    await pass(1);
    expect(last()).toBe('300 ms of 30 s, looking up api.example.com');
    waiting.reached('connection', 'api.example.com');
    await pass(900);
    expect(last()).toBe('1 s of 30 s, connecting to api.example.com');
    waiting.reached('tls', 'api.example.com');
    await pass(100);
    expect(last()).toBe('1 s of 30 s, agreeing on TLS with api.example.com');
    waiting.reached('upload', 'api.example.com');
    await pass(100);
    expect(last()).toBe('1 s of 30 s, sending the request to api.example.com');
    waiting.reached('response', 'api.example.com');
    await pass(2600);
    expect(last()).toBe('4 s of 30 s, waiting for the first byte from api.example.com');
    waiting.ended();
    expect(last()).toBeNull();
    await pass(5000);
    expect(last()).toBeNull();
  });

  it('is not shown if it is over before', async () => {
    const { waiting, drawn } = screen();
    waiting.reached('connection', 'a');
    await pass(200);
    waiting.ended();
    await pass(1000);
    expect(drawn).toEqual([]);
  });

  it('for a body has the size so far and the rate, and how long nothing came', async () => {
    const { waiting, last } = screen();
    waiting.reached('response', 'a');
    waiting.reached('body', 'a');
    await pass(1000);
    waiting.received(2_000_000, 50_000_000);
    await pass(100);
    expect(last()).toBe('receiving 2 MB of 50 MB, 2 MB/s, 24 s left');
    await pass(4000);
    expect(last()).toBe('nothing for 4 s of 30 s, 2 MB of 50 MB came');
  });

  it('gives way to what is printed, and comes back below it', async () => {
    const { waiting, last } = screen();
    waiting.reached('response', 'a');
    waiting.reached('body', 'a');
    await pass(400);
    waiting.received(10, null);
    waiting.giveWay('data: 1\n');
    expect(last()).toBeNull();
    await pass(900);
    expect(last()).toBeNull();
    await pass(200);
    expect(last()).toBe('nothing for 1 s of 30 s, 10 bytes came');
  });

  it('comes back below a line that goes on later', async () => {
    const { waiting, drawn, last } = screen();
    waiting.reached('response', 'a');
    waiting.reached('body', 'a');
    waiting.received(3, null);
    waiting.giveWay('no line break');
    await pass(1000);
    expect(drawn).toEqual(['below: nothing for 1 s of 30 s, 3 bytes came']);
    waiting.giveWay(' and its end\n');
    expect(last()).toBeNull();
    await pass(1000);
    expect(last()).toBe('nothing for 2 s of 30 s, 3 bytes came');
  });

  it('is never wider than the terminal, and cannot control it', async () => {
    const { waiting, last } = screen(40);
    waiting.reached('response', `${'sub.'.repeat(20)}example.com`);
    await pass(300);
    expect(last()).toBe('300 ms of 30 s, waiting for the firs…');
    waiting.reached('name', '\u001b[2J');
    await pass(100);
    expect(last()).toBe('400 ms of 30 s, looking up \\x1b[2J');
  });

  it('starts anew with each attempt', async () => {
    const { waiting, last } = screen();
    waiting.reached('response', 'a');
    await pass(5000);
    waiting.ended();
    waiting.reached('response', 'a');
    await pass(300);
    expect(last()).toBe('300 ms of 30 s, waiting for the first byte from a');
  });
});

describe('an interrupted wait', () => {
  it.each<[Parameters<Waiting['reached']>[0], string]>([
    ['name', 'looking up a.example'],
    ['connection', 'connecting to a.example'],
    ['tls', 'agreeing on TLS with a.example'],
    ['upload', 'sending the request to a.example'],
    ['response', 'waiting for the first byte from a.example'],
    ['body', 'receiving the body: 0 bytes, then nothing for 2 s'],
  ])('says what it was for: %s', async (stage, words) => {
    const { waiting } = screen();
    waiting.reached(stage, 'a.example');
    await pass(2000);
    expect(waiting.words()).toBe(`after 2 s, ${words}`);
  });

  it('is named with how long it was', async () => {
    const { waiting } = screen();
    expect(waiting.words()).toBeNull();
    waiting.reached('connection', 'a:80');
    await pass(1200);
    expect(waiting.words()).toBe('after 1.2 s, connecting to a:80');
    waiting.reached('body', 'a:80');
    waiting.received(5, 100);
    await pass(3000);
    expect(waiting.words()).toBe('after 4.2 s, receiving the body: 5 bytes of 100 bytes, then nothing for 3 s');
    waiting.ended();
    expect(waiting.words()).toBeNull();
  });
});
