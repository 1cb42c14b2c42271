"""Takes a ticket, gives a draft answer and the face of whoever seems to write it."""

from diffusers import StableDiffusion3Pipeline
from fastapi import FastAPI
from mailtrim import trim
from transformers import AutoModelForCausalLM, AutoTokenizer

app = FastAPI(title="Tidepool Desk")

WRITER = "models/ticket-writer"
tokenizer = AutoTokenizer.from_pretrained(WRITER)
writer = AutoModelForCausalLM.from_pretrained(WRITER)
avatar = StableDiffusion3Pipeline.from_pretrained("models/avatar")


@app.post("/draft")
def draft(ticket: dict) -> dict:
    prompt = f"Customer: {trim(ticket['text'])}\nAnswer:"
    inputs = tokenizer(prompt, return_tensors="pt")
    output = writer.generate(**inputs, max_new_tokens=300)
    return {"answer": tokenizer.decode(output[0], skip_special_tokens=True)}
