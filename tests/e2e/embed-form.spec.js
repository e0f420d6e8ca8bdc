// The form under Export that composes a tag, a frame, a cell or a link for a class.

import { draw, open, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('a frame of what is on the screen is composed, with a live preview, and a class link hides the answer', async ({
  page,
}) => {
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '3');
  await page.getByRole('tab', { name: 'Export' }).click();
  await page.getByText('Embed it in a page').click();
  const code = page.getByRole('textbox', { name: 'What to copy' });
  await expect(code).toHaveValue(
    /<script type="module" .*spike-pad\.js"><\/script>\n<spike-pad controls views="pad verdict votes stage" link="#v=1&amp;.*draw=/,
  );
  const preview = page.frameLocator('iframe[title=Preview]');
  // A figure draws nothing while it is out of sight.
  await page.locator('iframe[title=Preview]').scrollIntoViewIfNeeded();
  await expect(preview.locator('.verdict')).toHaveAttribute('data-digit', '3');
  await page.getByRole('checkbox', { name: 'votes', exact: true }).uncheck();
  await expect(code).toHaveValue(/views="pad verdict stage"/);
  await expect(preview.locator('[data-figure=votes]')).toHaveCount(0);
  await page.getByLabel('Make').selectOption('frame');
  await expect(code).toHaveValue(
    /^<iframe title="Spikepad" src="http.*embed\.html#views=pad\+verdict\+stage&amp;controls=1&amp;v=1/,
  );
  await page.getByLabel('Make').selectOption('cell');
  await expect(code).toHaveValue(/^from IPython\.display import IFrame/);
  await page.getByLabel('Make').selectOption('link');
  await page.getByRole('checkbox', { name: 'parameters' }).check();
  await page.getByRole('checkbox', { name: /hide the answer/ }).check();
  await expect(code).toHaveValue(/&hide=parameters,answer$/);
  const other = await page.context().newPage();
  await other.goto(await code.inputValue());
  await expect(verdict(other)).toContainText('Hidden by the link');
  await expect(other.getByRole('tab', { name: 'Parameters' })).toBeHidden();
});
