import { render } from "quillmark";
import { route } from "tinyroute";

route("/answer/:id", async ({ id }) => {
  const answer = await (await fetch(`/draft/${id}`)).json();
  document.querySelector("#tidepool").innerHTML = render(answer.text);
});
