import assert from 'node:assert/strict'
import { describePages } from './helpers/describe-pages.ts'

// Scripts that a page has besides ours, and the ways in which ours comes to it.

const page = (head: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Scripts</title>${head}<body>${body}</body></html>`

/** As Prototype 1.6 left the built-in types, `toJSON` and all. */
const PROTOTYPE = `<script>
  Object.extend = function (to, from) { for (var key in from) to[key] = from[key]; return to };
  Object.toJSON = function (value) { return JSON.stringify(value) };
  var $A = Array.from = function (list) {
    if (!list) return []; if (list.toArray) return list.toArray();
    var length = list.length || 0, result = new Array(length); while (length--) result[length] = list[length]; return result };
  Function.prototype.bind = function () {
    var method = this, args = $A(arguments), object = args.shift();
    return function () { return method.apply(object, args.concat($A(arguments))) } };
  Function.prototype.delay = function () { return setTimeout(this, 1) };
  var Enumerable = {
    each: function (iterator) { for (var i = 0; i < this.length; i++) iterator(this[i], i); return this },
    collect: function (iterator) { var result = []; this.each(function (each, i) { result.push(iterator ? iterator(each, i) : each) }); return result },
    detect: function (iterator) { var result; this.each(function (each, i) { if (!result && iterator(each, i)) result = each }); return result },
    include: function (wanted) { return this.indexOf(wanted) >= 0 }, toArray: function () { return this.concat() },
    entries: function () { return this.concat() }, zip: function () { return this }, inject: function (memo) { return memo },
    clear: function () { this.length = 0; return this }, first: function () { return this[0] }, last: function () { return this[this.length - 1] },
    compact: function () { return this.filter(Boolean) }, uniq: function () { return this }, without: function () { return this },
    toJSON: function () { return '[' + this.collect(function (each) { return Object.toJSON(each) }).join(', ') + ']' } };
  Object.extend(Array.prototype, Enumerable);
  Array.prototype.find = Enumerable.detect; Array.prototype.map = Enumerable.collect; Array.prototype.size = function () { return this.length };
  Object.extend(String.prototype, {
    gsub: function (from, to) { return this.split(from).join(to) }, strip: function () { return this.trim() }, camelize: function () { return this },
    toArray: function () { return this.split('') }, inspect: function () { return '"' + this + '"' }, toJSON: function () { return this.inspect(true) },
    include: function (part) { return this.indexOf(part) > -1 }, blank: function () { return /^\\s*$/.test(this) }, times: function (n) { return Array(n + 1).join(this) } });
  Number.prototype.toJSON = function () { return isFinite(this) ? this.toString() : 'null' };
  Object.extend(Element.prototype, {
    show: function () { this.style.display = ''; return this }, hide: function () { this.style.display = 'none'; return this },
    update: function (html) { this.innerHTML = html; return this }, getValue: function () { return this.value },
    observe: function (name, listener) { this.addEventListener(name, listener); return this }, fire: function () { return this },
    select: function (css) { return $A(this.querySelectorAll(css)) }, up: function () { return this.parentNode }, down: function () { return this.firstChild },
    remove: function () { this.parentNode.removeChild(this); return this } });
  Object.extend(Event.prototype, { stop: function () { this.preventDefault(); this.stopPropagation() }, element: function () { return this.target } });
  window.$ = function (id) { return document.getElementById(id) };
</script>`

/** As MooTools 1.2 does it, and everything can be seen by \`for … in\`. */
const MOOTOOLS = `<script>
  Object.prototype.own = function () { return true };
  Object.prototype.defaultOption = 'inherited';
  Function.prototype.extend = function (more) { for (var key in more) this[key] = more[key]; return this };
  Function.prototype.create = function (options) { var self = this; options = options || {};
    return function (event) { var args = options.arguments || arguments; return self.apply(options.bind || null, args) } };
  Function.prototype.bind = function (bind, args) { return this.create({ bind: bind, arguments: args }) };
  Function.prototype.pass = function (args, bind) { return this.create({ bind: bind, arguments: args }) };
  Array.prototype.contains = function (item) { return this.indexOf(item) != -1 };
  Array.prototype.flatten = function () { return this.concat() };
  Array.prototype.erase = function () { return this };
  String.prototype.contains = function (part) { return this.indexOf(part) > -1 };
  Element.prototype.getElement = function (css) { return this.querySelector(css) };
  Element.prototype.inject = function (where) { where.appendChild(this); return this };
  Element.prototype.set = function (name, value) { this[name] = value; return this };
  Element.prototype.get = function (name) { return this[name] };
  Element.prototype.dispose = function () { this.parentNode.removeChild(this); return this };
</script>`

/** As libraries do that show a bar at the top, count requests or add a token to each. */
const INTERCEPTORS = `<script>
  var seen = [];
  var send = XMLHttpRequest.prototype.send, open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url) { seen.push(method + ' ' + url); return open.apply(this, arguments) };
  XMLHttpRequest.prototype.send = function (body) {
    this.addEventListener('readystatechange', function () { if (this.readyState === 4) seen.push(this.status) });
    return send.call(this, body) };
  var ownFetch = window.fetch;
  window.fetch = function (input, options) {
    var request = new Request(input, options);
    if (/\\/api\\//.test(request.url)) request.headers.set('X-CSRF-Token', 'own-token');
    return ownFetch(request).then(function (response) {
      if (/json/.test(response.headers.get('content-type'))) response.clone().json().then(function (data) { seen.push(data) }, function () {});
      return response }) };
  window.WebSocket = new Proxy(WebSocket, { construct: function (Socket, args) { seen.push(args[0]); return new Socket(...args) } });
</script>`

/** Built-in things replaced by a page's own, from times when they were missing. */
const POLYFILLS = `<script>
  (function () {
    var stringify = JSON.stringify, parse = JSON.parse, Native = Promise;
    JSON.stringify = function (value, replacer, space) { return stringify(value, replacer, space) };
    JSON.parse = function (text) { return parse(text) };
    window.Promise = function (run) { var own = new Native(run); this.then = own.then.bind(own); this.catch = own.catch.bind(own) };
    ['resolve', 'reject', 'all', 'race'].forEach(function (name) { Promise[name] = Native[name].bind(Native) });
    window.requestAnimationFrame = function (next) { return setTimeout(next, 16) };
    window.setTimeout = (function (native) { return function (run, wait) { return native(run, wait || 0) } })(window.setTimeout);
    EventTarget.prototype.addEventListener = (function (native) { return function (name, listener, options) {
      if (!listener) return; return native.call(this, name, listener, options) } })(EventTarget.prototype.addEventListener);
    Node.prototype.appendChild = (function (native) { return function (child) { return native.call(this, child) } })(Node.prototype.appendChild);
    window.name = '{"own":"state of another page"}';
    window.module = { exports: { own: true } }; window.exports = window.module.exports;
    window.define = function () { throw new Error('define') }; window.define.amd = { jQuery: true };
    window.require = function () { throw new Error('require') };
    window.process = { env: {} }; window.global = window;
  })()
</script>`

/** Ids and names of markup are globals, too. */
const CLOBBERS = `<a id="seon" name="Reflect"></a><img name="status" alt=""><form id="event" name="seonOrchestration"><input name="action"><input id="token"></form>`

await describePages('the scripts beside the element', [
  {
    name: 'both of our scripts, twice, and from another address of the same server',
    html: ({ server, module, classic, element, own }) => {
      const elsewhere = server.replace('127.0.0.1', 'localhost')
      return page(
        `${module}${classic}<script type="module" src="${elsewhere}/seon-verify.js"></script>`,
        `${own}${element}${module}<script src="${elsewhere}/seon-verify.classic.js?version=2" async></script>`,
      )
    },
  },
  {
    name: 'ours last of all, after the page has set properties and a listener',
    html: ({ userId, own }) =>
      page(
        '',
        `${own}<seon-verify></seon-verify><script>
        var element = document.querySelector('seon-verify'), heardStatus = []
        element.userId = '${userId}'; element.mode = 'inline'; element.inputs = { userFullname: 'Ada Example' }
        element.messages = { start: 'Prove who you are' }; element.theme = { light: { baseAccent: '#225577' } }
        element.addEventListener('seon-verify-status', function (event) { heardStatus.push(event.detail.status) })
        </script>`,
      ),
    prepare: async (page_, { server }) => {
      await page_.addScriptTag({ type: 'module', url: `${server}/seon-verify.js` })
      await page_.getByRole('button', { name: 'Prove who you are' }).waitFor()
    },
    check: async (page_) => {
      const element = page_.locator('seon-verify')
      const inputs = await element.evaluate((node) => Reflect.get(node, 'inputs'))
      assert.deepEqual(inputs, { userFullname: 'Ada Example' })
      assert.equal(await page_.evaluate('heardStatus.includes("approved")'), true)
    },
  },
  {
    name: 'an old Prototype, which teaches JSON and arrays other ways',
    html: ({ module, element, own }) => page(PROTOTYPE + module, own + element),
    open: async (page_) => {
      const element = page_.locator('seon-verify')
      await element.evaluate((node) => Object.assign(node, { inputs: { items: [{ item_name: 'Account' }] } }))
      const request = page_.waitForRequest(/init-verification/)
      await element.getByRole('button').first().click()
      assert.deepEqual((await request).postDataJSON().items, [{ item_name: 'Account' }])
    },
  },
  {
    name: 'an old MooTools, which adds to every object',
    html: ({ module, element, own }) => page(MOOTOOLS + module, own + element),
  },
  {
    name: 'interceptors of every request, with a header more',
    html: ({ module, element, own }) => page(INTERCEPTORS + module, own + element),
  },
  {
    name: 'polyfills over what is there, loaders of modules, and a state in window.name',
    html: ({ module, element, own }) => page(POLYFILLS + module, own + element),
    check: async (page_) => assert.equal(await page_.evaluate('Object.keys(module.exports).join()'), 'own'),
  },
  {
    name: 'ids that hide globals from scripts',
    html: ({ module, element, own }) => page(module, CLOBBERS + own + element),
  },
  {
    name: 'prototypes that are frozen',
    html: ({ module, element, own }) =>
      page(
        `<script>[Object, Array, Function, Promise, String].forEach(function (each) { Object.freeze(each.prototype) })</script>${module}`,
        own + element,
      ),
  },
  {
    name: 'listeners that keep every event to themselves',
    html: ({ module, element, own }) =>
      page(
        `<script>['click', 'keydown', 'pointerdown', 'focusin', 'submit', 'change'].forEach(function (name) {
          document.addEventListener(name, function (event) { if (event.target.localName === 'seon-verify') event.stopPropagation() }, false) })
          window.addEventListener('message', function (event) { var data = JSON.parse(event.data) })</script>${module}`,
        own + element,
      ),
    usesOwn: false,
  },
])
