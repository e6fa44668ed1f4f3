import './ui/base.css'
import { mount } from 'svelte'
import App from './app/app.svelte'
import { bridge } from './app/bridge'
import { session } from './app/session.svelte'

const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no #app')
session.start(bridge)
mount(App, { target })
