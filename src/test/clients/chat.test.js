// The clients that JavaScript programs use, against the Corral whose address is in CORRAL_URL.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateObject, generateText, streamText } from "ai";
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

const url = process.env.CORRAL_URL;
assert.ok(url, "CORRAL_URL must hold the address of a running Corral");

const model = "cria";
const question = [{ role: "user", content: "What is 3 + 4?" }];
const Person = z.strictObject({ name: z.string().max(8), age: z.int().min(0).max(99) });

const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: "any", maxRetries: 0 });
const corral = createOpenAICompatible({
  name: "corral",
  baseURL: `${url}/v1`,
  apiKey: "any",
  includeUsage: true,
  supportsStructuredOutputs: true,
});

test("openai answers in one piece", async () => {
  const reply = await openai.chat.completions.create({ model, messages: question });

  assert.match(reply.choices[0].message.content, /\S/);
  assert.equal(reply.choices[0].finish_reason, "stop");
  assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
});

test("openai streams what it answers in one piece", async () => {
  const asked = { model, messages: question, temperature: 0 };
  const whole = await openai.chat.completions.create(asked);
  const stream = await openai.chat.completions.create({
    ...asked,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? "";
    usage = chunk.usage ?? usage;
  }

  assert.equal(text, whole.choices[0].message.content);
  assert.equal(usage.completion_tokens, whole.usage.completion_tokens);
});

test("openai gathers a stream in its own helper", async () => {
  const runner = openai.chat.completions.stream({ model, messages: question });

  assert.match(await runner.finalContent(), /\S/);
});

test("openai parses a reply that a schema constrains", async () => {
  const reply = await openai.chat.completions.parse({
    model,
    messages: [{ role: "user", content: "Tell me about a person." }],
    response_format: zodResponseFormat(Person, "person"),
  });

  assert.deepEqual(Person.parse(reply.choices[0].message.parsed), reply.choices[0].message.parsed);
});

test("openai lists and finds models", async () => {
  const models = await openai.models.list();

  assert.ok(models.data.some((each) => each.id === model));
  assert.equal((await openai.models.retrieve(model)).id, model);
});

test("openai raises the errors that it has classes for", async () => {
  await assert.rejects(openai.chat.completions.create({ model: "none", messages: question }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.equal(error.code, "model_not_found");
    assert.equal(error.param, "model");
    assert.match(error.requestID, /^req_/);
    return true;
  });
  await assert.rejects(openai.chat.completions.create({ model, messages: question, temperature: 9 }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, "temperature");
    return true;
  });
});

test("openai ends a stream that is aborted", async () => {
  const stream = await openai.chat.completions.create({ model, messages: question, stream: true, ignore_eos: true });
  let chunks = 0;
  for await (const chunk of stream) {
    assert.equal(chunk.object, "chat.completion.chunk");
    chunks++;
    stream.controller.abort();
  }

  assert.ok(chunks >= 1);
});

test("openai leaves nothing running when a request is aborted", async () => {
  const abort = new AbortController();
  const asked = openai.chat.completions.create(
    { model, messages: question, ignore_eos: true, n: 8 },
    { signal: abort.signal },
  );
  abort.abort();

  await assert.rejects(asked, OpenAI.APIUserAbortError);
});

test("ai answers in one piece and tells the usage", async () => {
  const reply = await generateText({ model: corral(model), messages: question, maxRetries: 0 });

  assert.match(reply.text, /\S/);
  assert.equal(reply.finishReason, "stop");
  assert.ok(reply.usage.inputTokens > 0 && reply.usage.outputTokens > 0);
});

test("ai streams and tells the usage", async () => {
  const reply = streamText({ model: corral(model), messages: question, maxRetries: 0 });
  let text = "";
  for await (const part of reply.textStream) {
    text += part;
  }

  assert.match(text, /\S/);
  assert.equal(await reply.finishReason, "stop");
  assert.ok((await reply.usage).outputTokens > 0);
});

test("ai makes an object of a reply that a schema constrains", async () => {
  const reply = await generateObject({
    model: corral(model),
    prompt: "Tell me about a person.",
    schema: Person,
    maxRetries: 0,
  });

  assert.deepEqual(Person.parse(reply.object), reply.object);
});

test("ai raises an error with the server's message", async () => {
  await assert.rejects(generateText({ model: corral("none"), messages: question, maxRetries: 0 }), (error) => {
    assert.equal(error.statusCode, 404);
    assert.match(error.message, /'none' does not exist/);
    return true;
  });
});
