import assert from 'node:assert/strict';
import { isPathWithin } from '../../../src/extension/uriPath.ts';

describe('the path of a URI', () => {
  it('is within a folder that it begins with, whole names compared', () => {
    assert.equal(isPathWithin('/code/shop/cart.ts', '/code/shop', 'linux'), true);
    assert.equal(isPathWithin('/code/shop', '/code/shop/', 'linux'), true);
    assert.equal(isPathWithin('/code/shop/', '/code/shop', 'linux'), true);
    assert.equal(isPathWithin('/code', '/', 'linux'), true);
    assert.equal(isPathWithin('/code/shopping', '/code/shop', 'linux'), false);
    assert.equal(isPathWithin('/code', '/code/shop', 'linux'), false);
  });

  it('is compared without case where file systems ignore it, drives included', () => {
    assert.equal(isPathWithin('/C:/Code/Shop', '/c:/code/shop', 'win32'), true);
    assert.equal(isPathWithin('/c:/code', '/D:/code', 'win32'), false);
    assert.equal(isPathWithin('/Users/Ada/Shop/cart.ts', '/users/ada/shop', 'darwin'), true);
    assert.equal(isPathWithin('/code/Shop', '/code/shop', 'linux'), false);
  });
});
