passerelle.put("members-b",{"org-2hvm55xb":[["ini-e2hqa5m3","Jumelage Deux Rives",null,1]],"org-o6mdcrob":[["ini-e2hqa5m3","Jumelage Deux Rives",null,0]]});
