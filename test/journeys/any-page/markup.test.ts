import assert from 'node:assert/strict'
import { describePages } from './helpers/describe-pages.ts'

// Pages as they were written over thirty years, and as content systems leave them.

await describePages('the markup around the element', [
  {
    name: 'a page of today, to compare with',
    html: ({ module, element, own }) =>
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Now</title>${module}${own}${element}</html>`,
  },
  {
    name: 'no doctype, upper case, tables, fonts and another charset; a script writes the script',
    html: ({ server, userId, own }) => `<HTML><HEAD><TITLE>Then</TITLE>
      <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1252">
      <SCRIPT LANGUAGE="JavaScript">document.write('<SCR' + 'IPT SRC="${server}/seon-verify.classic.js"></SCR' + 'IPT>')</SCRIPT></HEAD>
      <BODY BGCOLOR="#FFFFFF" TEXT=black LINK=blue><CENTER><TABLE BORDER=1 CELLPADDING=0 WIDTH=600><TR><TD NOWRAP>
      <FONT FACE="Verdana" SIZE=1><SEON-VERIFY USER-ID=${userId} LANG=de></SEON-VERIFY></FONT>
      <TD>${own}</TABLE></CENTER></BODY></HTML>`,
  },
  {
    name: 'a script writes the element too, in the middle of a paragraph',
    html: ({ userId, classic, own }) => `<html><body>${own}<p>Please
      <script>document.write('<seon-verify user-id="${userId}" mode="inline">'); document.write('</seon-verify>')</script>
      here.</p>${classic}`,
  },
  {
    name: 'HTML 4 with frames of presentation: nested tables of fixed heights, floats and clear',
    html: ({ classic, element, own }) => `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
      <html><head><title>Old</title>${classic}</head><body><table height="100%" width="100%"><tr><td height="20">
      <img width="1" height="1" align="left"><table align="right"><tr><td><div style="float:left;width:240px">${element}</div>
      <br clear="all"></td></tr></table></td></tr></table>${own}</body></html>`,
  },
  {
    name: 'paragraphs made by an editor inside and around it, attributes twice and in another order',
    html: ({ userId, module, own }) => `<!doctype html><html lang="en"><title>Post</title>${module}<article>${own}
      <p><p><seon-verify class="wp-block" language="en" data-x="&quot;" user-id="${userId}" user-id="somebody-else" mode=""><br />
      </p><p></p><p>&nbsp;</p></seon-verify></p></article></html>`,
  },
  {
    name: 'quotes made curly in an attribute, and in the text of a slot',
    html: ({
      userId,
      module,
      own,
    }) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Quotes</title>${module}${own}
      <seon-verify user-id=”${userId}″ mode=“inline”><span slot="hint">“Takes two minutes”</span></seon-verify></html>`,
    check: async (page) => {
      assert.equal(await page.locator('seon-verify').evaluate((node) => Reflect.get(node, 'mode')), '“inline”')
    },
  },
  {
    name: 'a page from right to left',
    html: ({ module, element, own }) =>
      `<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>حساب</title>${module}${own}${element}</html>`,
  },
  {
    name: 'a page from right to left in a language from left to right, inline',
    html: ({ module, userId, own }) =>
      `<!doctype html><html lang="en" dir="rtl"><title>Mirror</title>${module}${own}<seon-verify mode="inline" user-id="${userId}"></seon-verify></html>`,
  },
  {
    name: 'another base address and target for all links',
    html: ({ module, element, own }) =>
      `<!doctype html><html lang="en"><head><base href="https://cdn.example/deep/" target="_top"><title>Base</title>${module}</head>${own}${element}</html>`,
  },
  {
    name: 'XHTML by its doctype, HTML by its type',
    html: ({ element, own, server }) => `<?xml version="1.0" encoding="utf-8"?>
      <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
      <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>X</title>
      <script type="text/javascript" src="${server}/seon-verify.classic.js"></script></head><body>${own}<div>${element}</div></body></html>`,
  },
  {
    name: 'a frame of the page’s own origin',
    html: () => `<!doctype html><html lang="en"><title>Outer</title><h1>Outer</h1>
      <iframe src="/inner" title="Account" width="700" height="700"></iframe></html>`,
    more: ({ module, element, own }) => ({
      '/inner': `<!doctype html><html lang="en"><title>Inner</title>${module}${own}${element}</html>`,
    }),
    findFrame: (page) => page.frames().find((frame) => frame.url().endsWith('/inner')) ?? page.mainFrame(),
  },
])
