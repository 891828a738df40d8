import { describePages } from './helpers/describe-pages.ts'

// With all that SEON's SDK does to a page to know the browser again. It is left out of the other tests for its time.

await describePages(
  'a page whose visitor’s browser is examined',
  [
    {
      name: 'keeps its own functions, and has no more than a cookie and an entry in its storage',
      html: ({ module, element, own }) =>
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Now</title>${module}${own}${element}</html>`,
    },
    {
      name: 'is met by prototypes that are frozen and requests that are intercepted',
      html: ({ module, element, own }) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Now</title>
        <script>[Object, Array, Promise, String].forEach(function (each) { Object.freeze(each.prototype) })
        window.fetch = (function (native) { return function () { return native.apply(this, arguments) } })(window.fetch)</script>
        ${module}${own}${element}</html>`,
    },
  ],
  { deviceHash: true },
)
