passerelle.put("members-7",{"org-wype2ia7":[["ini-e2hqa5m3","Jumelage Deux Rives",null,0]]});
