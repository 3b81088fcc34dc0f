import type { FacePages } from "../screen-page.ts";

export const LOGIN_PAGES: FacePages = {
  face: "login",
  pages: [
    {
      name: "login",
      shows: "sign-in, with the demonstration's accounts by court",
      seat: "nobody",
      route: "/login",
      readyWhen: ".demo-grid",
    },
    {
      name: "login-refused",
      shows: "a wrong password: what is refused, and what remains possible",
      seat: "nobody",
      route: "/login",
      readyWhen: ".demo-grid",
      press: async (page) => {
        await page.locator("form input").nth(0).fill("jiangan.duty");
        await page.locator("form input").nth(1).fill("not-the-password");
        await page.locator("form button[type=submit]").click();
        await page.locator("[role=alert]").first().waitFor();
      },
    },
    {
      name: "login-seats",
      shows: "signed in: the seats that this person may take",
      seat: { login: "jiangan.director" },
      route: "/login",
      readyWhen: "main.login-alone a, main.login-alone button",
    },
  ],
};
