// Opens pages in a browser without a window and tells what is wrong with them.
//   node check.mjs BROWSER FOLDER PAGE...     screenshots go to FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS = [
  { name: 'light', width: 1280, scheme: 'light' },
  { name: 'dark', width: 1280, scheme: 'dark' },
  { name: 'phone', width: 390, scheme: 'light' },
];
const HIGHEST = 8000;

const [browserPath, folder, ...pages] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: browserPath,
  headless: true,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
let faults = 0;

function fault(place, what) {
  faults++;
  console.log(`${place}: ${what}`);
}

/** Opens a page in one look, with everything unfolded if wanted. */
async function open(file, look, place) {
  const page = await browser.newPage();
  page.on('console', (message) => fault(place, `console says ${message.text()}`));
  page.on('pageerror', (error) => fault(place, `error ${error.message}`));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) fault(place, `asks for ${request.url()}`);
  });
  await page.setViewport({ width: look.width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.scheme }]);
  const began = performance.now();
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  return { page, milliseconds: Math.round(performance.now() - began) };
}

async function screenshot(page, look, name) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({
    path: path.join(folder, `${name}-${look.name}.png`),
    clip: { x: 0, y: 0, width: look.width, height: Math.min(height, HIGHEST) },
    captureBeyondViewport: true,
  });
}

async function checkWidth(page, place) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (excess > 0) fault(place, `is ${excess} pixels too wide`);
}

/** A check box hides what it names, and shows it again. */
async function checkToggles(page, place) {
  const hidden = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.study g[class^=of]')].filter(
        (group) => getComputedStyle(group).display === 'none',
      ).length,
    );
  const box = await page.$('.study fieldset input[type=checkbox]');
  if (!box) return;
  await box.click();
  if ((await hidden()) === 0) fault(place, 'a check box hides nothing');
  await box.click();
  if ((await hidden()) !== 0) fault(place, 'a check box does not show again what it hides');
}

/** Charts of a page with a script tell values to the pointer and to the arrow keys. */
async function checkTips(page, place) {
  const plot = await page.$('.plot');
  if (!plot || !(await page.$('script'))) return;
  const told = () => plot.$eval('.tip', (tip) => (tip.hidden ? '' : tip.innerText)).catch(() => '');
  await plot.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  if (!/\d/.test(await told())) fault(place, 'a chart tells nothing to the pointer');
  await page.mouse.move(1, 1);
  if ((await told()) !== '') fault(place, 'a chart goes on telling when the pointer has left');
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  const first = await told();
  await page.keyboard.press('ArrowRight');
  if (first === '' || first === (await told())) fault(place, 'arrow keys do not lead along a chart');
  await page.keyboard.press('Escape');
}

/** The page's policy lets no other script in, so this one is let past it. */
async function checkAccess(page, place) {
  await page.setBypassCSP(true);
  await page.reload({ waitUntil: 'load' });
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run());
  for (const { impact, id, nodes } of violations) {
    const what = `${impact}: ${id}, ${nodes.length} times, first ${nodes[0].html.slice(0, 160)}`;
    if (['serious', 'critical'].includes(impact)) fault(place, what);
    else console.log(`${place}: only ${what}`);
  }
}

for (const file of pages) {
  const name = path.basename(file, '.html');
  for (const look of LOOKS) {
    const place = `${name}, ${look.name}`;
    const { page, milliseconds } = await open(file, look, place);
    await screenshot(page, look, name);
    await checkWidth(page, place);
    await checkToggles(page, place);
    await checkTips(page, place);
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    await checkWidth(page, `${place}, unfolded`);
    if (look.name === 'light') await screenshot(page, { ...look, name: 'unfolded' }, name);
    await checkAccess(page, place);
    console.log(`${place}: opened in ${milliseconds} ms, ${fs.statSync(file).size} bytes`);
    await page.close();
  }
}
await browser.close();
console.log(faults === 0 ? 'No faults.' : `${faults} faults.`);
process.exit(faults === 0 ? 0 : 1);
