// OpenAI's stateful APIs through its own client, against the Corral whose address is in CORRAL_URL.
import assert from "node:assert/strict";
import { test } from "node:test";

import OpenAI from "openai";

const url = process.env.CORRAL_URL;
assert.ok(url, "CORRAL_URL must hold the address of a running Corral");

const model = "cria";
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: "any", maxRetries: 0 });
const keep = {
  type: "function",
  name: "keep",
  strict: true,
  parameters: {
    type: "object",
    properties: { name: { type: "string", maxLength: 8 } },
    required: ["name"],
    additionalProperties: false,
  },
};

test("openai goes on with a response and finds it again", async () => {
  const first = await openai.responses.create({ model, input: "My name is Ada.", temperature: 0 });
  const second = await openai.responses.create({
    model,
    input: "What is my name?",
    previous_response_id: first.id,
    temperature: 0,
  });

  assert.match(second.output_text, /Ada/);
  assert.deepEqual((await openai.responses.retrieve(second.id)).output, second.output);
  const items = [];
  for await (const item of openai.responses.inputItems.list(second.id, { limit: 1, order: "asc" })) {
    items.push(item.role);
  }
  assert.deepEqual(items, ["user", "assistant", "user"]);
  await openai.responses.delete(second.id);
  await assert.rejects(openai.responses.retrieve(second.id), OpenAI.NotFoundError);
});

test("openai streams a response and takes the stream up again", async () => {
  const runner = openai.responses.stream({ model, input: "What is 3 + 4?", temperature: 0 });
  const numbers = [];
  let text = "";
  for await (const event of runner) {
    numbers.push(event.sequence_number);
    text += event.type === "response.output_text.delta" ? event.delta : "";
  }
  const whole = await runner.finalResponse();

  assert.equal(whole.status, "completed");
  assert.equal(text, whole.output_text);
  const known = 3 + Math.floor(text.length / 2);
  const rest = await openai.responses.retrieve(whole.id, { stream: true, starting_after: known });
  let again = "";
  for await (const event of rest) {
    again += event.type === "response.output_text.delta" ? event.delta : "";
  }
  assert.equal(again, text.slice(known - 3));
});

test("openai gets a call of a tool and answers it", async () => {
  const called = await openai.responses.create({
    model,
    input: "Tell me about a person.",
    tools: [keep],
    tool_choice: "required",
    parallel_tool_calls: false,
    temperature: 0,
  });
  const [call] = called.output;

  assert.equal(call.type, "function_call");
  assert.equal(typeof JSON.parse(call.arguments).name, "string");
  const answered = await openai.responses.create({
    model,
    previous_response_id: called.id,
    input: [{ type: "function_call_output", call_id: call.call_id, output: "Kept." }],
    max_output_tokens: 16,
  });
  assert.equal(typeof answered.output_text, "string");
});

test("openai keeps responses in a conversation", async () => {
  const conversation = await openai.conversations.create({ metadata: { a: "b" } });
  await openai.responses.create({ model, conversation: conversation.id, input: "My name is Ada.", temperature: 0 });
  const items = await openai.conversations.items.list(conversation.id);

  assert.equal(items.data.length, 2);
  assert.deepEqual((await openai.conversations.retrieve(conversation.id)).metadata, { a: "b" });
  assert.equal((await openai.conversations.delete(conversation.id)).deleted, true);
});

test("openai cancels a response in the background", async () => {
  const begun = await openai.responses.create({ model, input: "Count.", background: true });
  const ended = await openai.responses.cancel(begun.id);

  assert.ok(["cancelled", "completed"].includes(ended.status));
});

test("openai leaves nothing behind where nothing is to be stored", async () => {
  const answered = await openai.responses.create({ model, input: "What is 3 + 4?", store: false });

  assert.match(answered.output_text, /\S/);
  await assert.rejects(openai.responses.retrieve(answered.id), OpenAI.NotFoundError);
});
